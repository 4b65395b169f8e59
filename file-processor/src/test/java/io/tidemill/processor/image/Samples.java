package io.tidemill.processor.image;

import java.awt.Color;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Images made for tests. */
public final class Samples {
    public static final Color TOP_LEFT = Color.RED;
    public static final Color TOP_RIGHT = Color.GREEN;
    public static final Color BOTTOM_LEFT = Color.BLUE;
    public static final Color BOTTOM_RIGHT = Color.YELLOW;

    /** Where the stored first row and first column belong, for EXIF orientation 1 to 8. */
    private static final String[] SIDES = {"TL", "TR", "BR", "BL", "LT", "RT", "RB", "LB"};

    private Samples() {}

    /** Four coloured quarters. */
    public static BufferedImage quarters(int width, int height) {
        return stored(width, height, 1);
    }

    /**
     * The four quarters as a camera stores them that was held so that {@code orientation} turns
     * them upright.
     *
     * @param width upright
     * @param height upright
     */
    public static BufferedImage stored(int width, int height, int orientation) {
        boolean turned = orientation >= 5;
        BufferedImage image =
                new BufferedImage(
                        turned ? height : width,
                        turned ? width : height,
                        BufferedImage.TYPE_INT_RGB);
        String sides = SIDES[orientation - 1];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int row = turned ? x : y;
                int column = turned ? y : x;
                int uprightY = sides.contains("B") ? height - 1 - row : row;
                int uprightX = sides.contains("R") ? width - 1 - column : column;
                image.setRGB(x, y, quarter(uprightX, uprightY, width, height).getRGB());
            }
        }
        return image;
    }

    private static Color quarter(int x, int y, int width, int height) {
        if (y < height / 2) {
            return x < width / 2 ? TOP_LEFT : TOP_RIGHT;
        }
        return x < width / 2 ? BOTTOM_LEFT : BOTTOM_RIGHT;
    }

    public static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("no writer for " + format);
        }
        return bytes.toByteArray();
    }

    public static byte[] progressiveJpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Puts an EXIF segment with an orientation, and a secret, behind the JPEG's first marker. */
    public static byte[] withExif(byte[] jpeg, int orientation) {
        byte[] exif = exif(orientation);
        ByteBuffer segment = ByteBuffer.allocate(jpeg.length + exif.length + 10);
        segment.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (exif.length + 8));
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif);
        return segment.put(jpeg, 2, jpeg.length - 2).array();
    }

    /** Puts an eXIf chunk behind the PNG's header. */
    public static byte[] pngWithExif(byte[] png, int orientation) {
        return withChunk(png, chunk("eXIf", exif(orientation)));
    }

    /** Puts a chunk with a colour profile behind the PNG's header. */
    public static byte[] pngWithProfile(byte[] png, ICC_Profile profile) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write("profile\0\0".getBytes(StandardCharsets.US_ASCII));
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(content)) {
            deflated.write(profile.getData());
        }
        return withChunk(png, chunk("iCCP", content.toByteArray()));
    }

    private static byte[] withChunk(byte[] png, byte[] chunk) {
        int headerEnd = 33;
        return ByteBuffer.allocate(png.length + chunk.length)
                .put(png, 0, headerEnd)
                .put(chunk)
                .put(png, headerEnd, png.length - headerEnd)
                .array();
    }

    /** Tag 0x0112 and tag 0x010e (image description) "Secret". */
    private static byte[] exif(int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put("II*\0".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 2);
        tiff.putShort((short) 0x010e).putShort((short) 2).putInt(7).putInt(38);
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
        return tiff.put("Secret\0".getBytes(StandardCharsets.US_ASCII)).array();
    }

    /** A PNG that says it has so many pixels and holds none of them. */
    public static byte[] emptyPng(int width, int height, boolean interlaced) {
        byte[] header =
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, (byte) (interlaced ? 1 : 0)})
                        .array();
        byte[] deflatedNothing = {
            0x78, (byte) 0x9c, 0x63, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0
        };
        return ByteBuffer.allocate(74)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .put(chunk("IHDR", header))
                .put(chunk("IDAT", deflatedNothing))
                .put(chunk("IEND", new byte[0]))
                .array();
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] named =
                ByteBuffer.allocate(4 + content.length)
                        .put(type.getBytes(StandardCharsets.US_ASCII))
                        .put(content)
                        .array();
        CRC32 crc = new CRC32();
        crc.update(named);
        return ByteBuffer.allocate(content.length + 12)
                .putInt(content.length)
                .put(named)
                .putInt((int) crc.getValue())
                .array();
    }

    public static byte[] firstHalf(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }
}
