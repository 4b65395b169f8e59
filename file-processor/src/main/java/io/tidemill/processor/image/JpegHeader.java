package io.tidemill.processor.image;

import java.io.IOException;
import java.nio.ByteOrder;

/** JPEG (ITU-T T.81, annex B): walks the marker segments up to the frame header. */
final class JpegHeader {
    private static final int MOST_SEGMENTS = 1_000;
    private static final int APP1 = 0xe1;
    private static final int SCAN = 0xda;
    private static final int END = 0xd9;
    private static final String EXIF = "Exif\0\0";

    private JpegHeader() {}

    static boolean begins(HeaderBytes bytes) throws IOException {
        return bytes.matches(0, "\u00ff\u00d8\u00ff");
    }

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        int orientation = ImageHeader.UPRIGHT;
        long position = 2;
        for (int i = 0; i < MOST_SEGMENTS; i++) {
            position = skipFill(bytes, position);
            int marker = bytes.u8(position);
            if (marker == SCAN || marker == END) {
                break;
            }
            long content = position + 3;
            if (isFrame(marker)) {
                return frame(bytes, marker, content, orientation);
            }
            if (marker == APP1 && bytes.matches(content, EXIF)) {
                orientation = TiffDirectory.orientation(bytes, content + EXIF.length());
            }
            position += 1 + bytes.u16(position + 1, ByteOrder.BIG_ENDIAN);
        }
        throw new DamagedImageException("the JPEG has no frame header");
    }

    /** From the 0xff before a marker, which may be repeated, to the marker's code. */
    private static long skipFill(HeaderBytes bytes, long position) throws IOException {
        if (bytes.u8(position) != 0xff) {
            throw new DamagedImageException("the JPEG segments do not follow each other");
        }
        long next = position;
        while (bytes.u8(next) == 0xff) {
            next++;
        }
        return next;
    }

    /** SOF0 to SOF15 without DHT, JPG and DAC. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0
                && marker <= 0xcf
                && marker != 0xc4
                && marker != 0xc8
                && marker != 0xcc;
    }

    private static ImageHeader frame(HeaderBytes bytes, int marker, long content, int orientation)
            throws IOException {
        int height = bytes.u16(content + 1, ByteOrder.BIG_ENDIAN);
        int width = bytes.u16(content + 3, ByteOrder.BIG_ENDIAN);
        boolean progressive = (marker & 0x03) == 2;
        return new ImageHeader(ImageFormat.JPEG, width, height, progressive, 1, orientation);
    }
}
