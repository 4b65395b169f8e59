package io.tidemill.storage.type;

import org.jspecify.annotations.Nullable;

/**
 * An MPEG transport stream (ISO/IEC 13818-1): packets of 188 bytes, or 192 with a time code in
 * front, each with the same first byte.
 */
final class TransportStream implements Sniffer {
    private static final int PACKETS = 5;
    private static final int SYNC = 0x47;

    @Override
    public @Nullable String sniff(Head head) {
        return hasPackets(head, 0, 188) || hasPackets(head, 4, 192) ? "video/mp2t" : null;
    }

    private static boolean hasPackets(Head head, int first, int size) {
        for (int packet = 0; packet < PACKETS; packet++) {
            if (head.u8(first + packet * size) != SYNC) {
                return false;
            }
        }
        return true;
    }
}
