package io.tidemill.processor.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads single numbers at any place of a file; never more than one small window in memory. */
final class HeaderBytes implements AutoCloseable {
    private static final int WINDOW = 8 * 1024;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
    private long windowStart;

    private HeaderBytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        window.limit(0);
    }

    static HeaderBytes open(Path file) throws IOException {
        return new HeaderBytes(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** Whether these characters stand there; false as well when the file ends before. */
    boolean matches(long position, String latin) throws IOException {
        byte[] wanted = latin.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < wanted.length; i++) {
            if (position + i >= size || u8(position + i) != (wanted[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** Whether so many bytes follow. */
    boolean hasRoom(long position, int length) {
        return position <= size - length;
    }

    int u8(long position) throws IOException {
        return at(position, 1).get() & 0xff;
    }

    int u16(long position, ByteOrder order) throws IOException {
        return at(position, 2).order(order).getShort() & 0xffff;
    }

    long u32(long position, ByteOrder order) throws IOException {
        return at(position, 4).order(order).getInt() & 0xffffffffL;
    }

    /**
     * A size that must fit an {@code int}; larger ones become the largest, which no limit allows.
     */
    int size32(long position, ByteOrder order) throws IOException {
        return (int) Math.min(u32(position, order), Integer.MAX_VALUE);
    }

    int u24LittleEndian(long position) throws IOException {
        return u16(position, ByteOrder.LITTLE_ENDIAN) | u8(position + 2) << 16;
    }

    private ByteBuffer at(long position, int length) throws IOException {
        if (position < 0 || position > size - length) {
            throw new DamagedImageException("the header is cut off");
        }
        if (position < windowStart || position + length > windowStart + window.limit()) {
            load(position, length);
        }
        return window.position((int) (position - windowStart));
    }

    private void load(long position, int length) throws IOException {
        window.clear();
        windowStart = position;
        while (window.position() < length) {
            if (channel.read(window, position + window.position()) < 0) {
                throw new DamagedImageException("the header is cut off");
            }
        }
        window.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
