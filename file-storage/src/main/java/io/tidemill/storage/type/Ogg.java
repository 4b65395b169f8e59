package io.tidemill.storage.type;

import org.jspecify.annotations.Nullable;

/** Ogg: what the first stream carries says whether it is sound or film (RFC 3533, RFC 5334). */
final class Ogg implements Sniffer {
    private static final int SEGMENT_COUNT = 26;

    @Override
    public @Nullable String sniff(Head head) {
        if (!head.at(0, "OggS\0")) {
            return null;
        }
        int payload = SEGMENT_COUNT + 1 + Math.max(head.u8(SEGMENT_COUNT), 0);
        if (head.at(payload, "\u0080theora")) {
            return "video/ogg";
        }
        boolean audio =
                head.at(payload, "\u0001vorbis")
                        || head.at(payload, "OpusHead")
                        || head.at(payload, "\u007fFLAC")
                        || head.at(payload, "Speex   ");
        return audio ? "audio/ogg" : "application/ogg";
    }
}
