package io.tidemill.storage.type;

import org.jspecify.annotations.Nullable;

/**
 * MP3 without a tag in front: a frame header (ISO/IEC 11172-3) that is legal and is followed by
 * another one exactly where the frame ends.
 */
final class MpegAudio implements Sniffer {
    private static final int[] MPEG1_KBITS = {
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
    };
    private static final int[] MPEG2_KBITS = {
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
    };
    private static final int[] MPEG1_HERTZ = {44_100, 48_000, 32_000};
    private static final int MPEG1 = 3;
    private static final int MPEG2 = 2;

    @Override
    public @Nullable String sniff(Head head) {
        int length = frameLength(head, 0);
        boolean lastFrame = head.isWhole() && length == head.length();
        return length > 0 && (lastFrame || frameLength(head, length) > 0) ? "audio/mpeg" : null;
    }

    /** The bytes of the layer III frame that begins there, or 0 when none does. */
    private static int frameLength(Head head, int at) {
        int second = head.u8(at + 1);
        int third = head.u8(at + 2);
        boolean layer3 = head.u8(at) == 0xff && (second & 0xe6) == 0xe2 && third >= 0;
        int version = second >> 3 & 3;
        int bitRate = third >> 4;
        int sampleRate = third >> 2 & 3;
        if (!layer3 || version == 1 || bitRate == 0 || bitRate == 15 || sampleRate == 3) {
            return 0;
        }
        return length(version, bitRate, sampleRate) + (third >> 1 & 1);
    }

    private static int length(int version, int bitRate, int sampleRate) {
        if (version == MPEG1) {
            return 144 * MPEG1_KBITS[bitRate] * 1000 / MPEG1_HERTZ[sampleRate];
        }
        int divisor = version == MPEG2 ? 2 : 4;
        return 72 * MPEG2_KBITS[bitRate] * 1000 / (MPEG1_HERTZ[sampleRate] / divisor);
    }
}
