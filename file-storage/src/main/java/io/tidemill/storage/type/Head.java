package io.tidemill.storage.type;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first bytes of some content, for looking at without running past their end. */
final class Head {
    private final byte[] bytes;
    private final long size;

    /**
     * The head of some content.
     *
     * @param size of the whole content, in bytes
     */
    Head(byte[] bytes, long size) {
        this.bytes = bytes;
        this.size = size;
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes);
    }

    int length() {
        return bytes.length;
    }

    /** Whether these are all the bytes there are. */
    boolean isWhole() {
        return size == bytes.length;
    }

    /** The unsigned byte, or -1 past the end. */
    int u8(int offset) {
        return offset >= 0 && offset < bytes.length ? bytes[offset] & 0xff : -1;
    }

    int u16le(int offset) {
        return has(offset, 2) ? u8(offset) | u8(offset + 1) << 8 : -1;
    }

    long u32le(int offset) {
        return has(offset, 4) ? u16le(offset) | (long) u16le(offset + 2) << 16 : -1;
    }

    long u32be(int offset) {
        return has(offset, 4)
                ? (long) u8(offset) << 24
                        | u8(offset + 1) << 16
                        | u8(offset + 2) << 8
                        | u8(offset + 3)
                : -1;
    }

    boolean has(int offset, int count) {
        return offset >= 0 && count >= 0 && offset <= bytes.length - count;
    }

    /** Whether these ISO 8859-1 characters are at the offset. */
    boolean at(int offset, String expected) {
        return latin1(offset, expected.length()).equals(expected);
    }

    /** Up to {@code count} bytes as ISO 8859-1 characters; fewer at the end. */
    String latin1(int offset, int count) {
        int from = Math.clamp(offset, 0, bytes.length);
        int length = Math.clamp(count, 0, bytes.length - from);
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
}
