package io.tidemill.processor.image;

import java.io.IOException;
import java.nio.ByteOrder;

/** GIF (89a specification): the logical screen, or the first frame where that is larger. */
final class GifHeader {
    private static final int MOST_BLOCKS = 10_000;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;

    private GifHeader() {}

    static boolean begins(HeaderBytes bytes) throws IOException {
        return bytes.matches(0, "GIF87a") || bytes.matches(0, "GIF89a");
    }

    static ImageHeader read(HeaderBytes bytes) throws IOException {
        long frame = firstFrame(bytes);
        int right = number(bytes, frame + 1) + number(bytes, frame + 5);
        int bottom = number(bytes, frame + 3) + number(bytes, frame + 7);
        return new ImageHeader(
                ImageFormat.GIF,
                Math.max(number(bytes, 6), right),
                Math.max(number(bytes, 8), bottom));
    }

    private static long firstFrame(HeaderBytes bytes) throws IOException {
        long position = 13L + colours(bytes.u8(10));
        for (int i = 0; i < MOST_BLOCKS && bytes.u8(position) != FRAME; i++) {
            if (bytes.u8(position) != EXTENSION) {
                break;
            }
            position = afterSubBlocks(bytes, position + 2);
        }
        if (bytes.u8(position) != FRAME) {
            throw new DamagedImageException("the GIF has no frame");
        }
        return position;
    }

    private static long afterSubBlocks(HeaderBytes bytes, long start) throws IOException {
        long position = start;
        for (int length = bytes.u8(position); length != 0; length = bytes.u8(position)) {
            position += 1L + length;
        }
        return position + 1;
    }

    /** Bytes of the global colour table. */
    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 0x07) + 1);
    }

    private static int number(HeaderBytes bytes, long position) throws IOException {
        return bytes.u16(position, ByteOrder.LITTLE_ENDIAN);
    }
}
