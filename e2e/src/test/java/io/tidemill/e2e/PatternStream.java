package io.tidemill.e2e;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/** So many bytes without a meaning, different in every stream, made as they are read. */
final class PatternStream extends InputStream {
    private final Random random = new Random();
    private final byte[] block = new byte[1 << 16];
    private long left;

    PatternStream(long bytes) {
        left = bytes;
        random.nextBytes(block);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        int count = (int) Math.min(left, Math.min(length, block.length));
        Arrays.fill(block, 0, Math.min(8, count), (byte) random.nextInt());
        System.arraycopy(block, 0, target, offset, count);
        left -= count;
        return count;
    }
}
