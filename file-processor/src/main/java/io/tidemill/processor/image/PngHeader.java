package io.tidemill.processor.image;

import java.io.IOException;
import java.nio.ByteOrder;

/** PNG (W3C, third edition): IHDR, and eXIf when it stands before the pixels. */
final class PngHeader {
    private static final int MOST_CHUNKS = 200;
    private static final long FIRST_CHUNK = 8;

    private PngHeader() {}

    static boolean begins(HeaderBytes bytes) throws IOException {
        return bytes.matches(0, "\u0089PNG\r\n\u001a\n");
    }

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        if (!bytes.matches(FIRST_CHUNK + 4, "IHDR")) {
            throw new DamagedImageException("the PNG does not begin with IHDR");
        }
        int width = bytes.size32(16, ByteOrder.BIG_ENDIAN);
        int height = bytes.size32(20, ByteOrder.BIG_ENDIAN);
        boolean interlaced = bytes.u8(28) != 0;
        return new ImageHeader(ImageFormat.PNG, width, height, interlaced, 1, orientation(bytes));
    }

    private static int orientation(HeaderBytes bytes) throws IOException {
        long position = FIRST_CHUNK;
        for (int i = 0; i < MOST_CHUNKS && !bytes.matches(position + 4, "IDAT"); i++) {
            if (bytes.matches(position + 4, "eXIf")) {
                return TiffDirectory.orientation(bytes, position + 8);
            }
            if (!bytes.hasRoom(position, 12)) {
                break;
            }
            position += 12 + bytes.u32(position, ByteOrder.BIG_ENDIAN);
        }
        return ImageHeader.UPRIGHT;
    }
}
