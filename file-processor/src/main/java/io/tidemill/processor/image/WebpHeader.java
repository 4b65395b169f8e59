package io.tidemill.processor.image;

import java.io.IOException;
import java.nio.ByteOrder;

/** WebP (RFC 9649): the canvas of an extended file, or the only frame of a simple one. */
final class WebpHeader {
    private static final int MOST_CHUNKS = 1_000;
    private static final long FIRST_CHUNK = 12;
    private static final int HAS_EXIF = 0x08;
    private static final int FOURTEEN_BITS = 0x3fff;
    private static final String EXIF = "Exif\0\0";

    private WebpHeader() {}

    static boolean begins(HeaderBytes bytes) throws IOException {
        return bytes.matches(0, "RIFF") && bytes.matches(8, "WEBP");
    }

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        if (bytes.matches(FIRST_CHUNK, "VP8X")) {
            return extended(bytes);
        }
        if (bytes.matches(FIRST_CHUNK, "VP8L")) {
            long bits = bytes.u32(21, ByteOrder.LITTLE_ENDIAN);
            return webp((int) (bits & FOURTEEN_BITS) + 1, (int) (bits >> 14 & FOURTEEN_BITS) + 1);
        }
        if (bytes.matches(FIRST_CHUNK, "VP8 ")) {
            int width = bytes.u16(26, ByteOrder.LITTLE_ENDIAN) & FOURTEEN_BITS;
            return webp(width, bytes.u16(28, ByteOrder.LITTLE_ENDIAN) & FOURTEEN_BITS);
        }
        throw new DamagedImageException("the WebP has no image");
    }

    private static ImageHeader webp(int width, int height) {
        return new ImageHeader(ImageFormat.WEBP, width, height);
    }

    private static ImageHeader extended(HeaderBytes bytes) throws IOException {
        int flags = bytes.u8(20);
        int width = bytes.u24LittleEndian(24) + 1;
        int height = bytes.u24LittleEndian(27) + 1;
        int orientation = (flags & HAS_EXIF) == 0 ? ImageHeader.UPRIGHT : orientation(bytes);
        return new ImageHeader(ImageFormat.WEBP, width, height, false, 1, orientation);
    }

    /** The EXIF chunk stands after the pixels; some writers put JPEG's mark in front of it. */
    private static int orientation(HeaderBytes bytes) throws IOException {
        long position = FIRST_CHUNK;
        for (int i = 0; i < MOST_CHUNKS && bytes.hasRoom(position, 8); i++) {
            if (bytes.matches(position, "EXIF")) {
                long content = position + 8;
                return TiffDirectory.orientation(
                        bytes, bytes.matches(content, EXIF) ? content + EXIF.length() : content);
            }
            long length = bytes.u32(position + 4, ByteOrder.LITTLE_ENDIAN);
            position += 8 + length + (length & 1);
        }
        return ImageHeader.UPRIGHT;
    }
}
