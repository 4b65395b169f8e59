package io.tidemill.processor.image;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** TIFF 6.0 directories: of TIFF files, and of the EXIF block inside other formats. */
final class TiffDirectory {
    private static final int MOST_FRAMES = 1_000;
    private static final int ENTRY_BYTES = 12;
    private static final int WIDTH = 0x0100;
    private static final int HEIGHT = 0x0101;
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private final HeaderBytes bytes;
    private final long base;
    private final ByteOrder order;

    private TiffDirectory(HeaderBytes bytes, long base, ByteOrder order) {
        this.bytes = bytes;
        this.base = base;
        this.order = order;
    }

    static boolean begins(HeaderBytes bytes) throws IOException {
        return bytes.matches(0, "II*\0") || bytes.matches(0, "MM\0*");
    }

    static ImageHeader header(HeaderBytes bytes) throws IOException {
        TiffDirectory tiff = at(bytes, 0);
        long first = tiff.firstDirectory();
        return new ImageHeader(
                ImageFormat.TIFF,
                tiff.value(first, WIDTH).orElse(0),
                tiff.value(first, HEIGHT).orElse(0),
                false,
                tiff.frames(first),
                tiff.value(first, ORIENTATION).orElse(ImageHeader.UPRIGHT));
    }

    /**
     * Of the EXIF block that begins at {@code base}; upright when it is damaged or says nothing.
     */
    static int orientation(HeaderBytes bytes, long base) throws IOException {
        try {
            TiffDirectory exif = at(bytes, base);
            return exif.value(exif.firstDirectory(), ORIENTATION).orElse(ImageHeader.UPRIGHT);
        } catch (DamagedImageException _) {
            return ImageHeader.UPRIGHT;
        }
    }

    private static TiffDirectory at(HeaderBytes bytes, long base) throws IOException {
        boolean little = bytes.matches(base, "II");
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return new TiffDirectory(bytes, base, order);
    }

    private long firstDirectory() throws IOException {
        return base + bytes.u32(base + 4, order);
    }

    /** Counts the chain of directories; a chain that bites its tail ends at the limit. */
    private int frames(long first) throws IOException {
        int frames = 1;
        for (long next = following(first); next != base; next = following(next)) {
            if (++frames > MOST_FRAMES) {
                break;
            }
        }
        return frames;
    }

    private long following(long directory) throws IOException {
        int entries = bytes.u16(directory, order);
        return base + bytes.u32(directory + 2 + (long) entries * ENTRY_BYTES, order);
    }

    private OptionalInt value(long directory, int tag) throws IOException {
        int entries = bytes.u16(directory, order);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + (long) i * ENTRY_BYTES;
            if (bytes.u16(entry, order) == tag) {
                boolean isShort = bytes.u16(entry + 2, order) == SHORT;
                return OptionalInt.of(
                        isShort ? bytes.u16(entry + 8, order) : bytes.size32(entry + 8, order));
            }
        }
        return OptionalInt.empty();
    }
}
