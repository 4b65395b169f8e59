package io.tidemill.storage.type;

import org.jspecify.annotations.Nullable;

/** WebP, WAV and AVI, and AIFF from the same family of chunked files. */
final class Riff implements Sniffer {
    private static final int FORM = 8;

    @Override
    public @Nullable String sniff(Head head) {
        return switch (head.latin1(0, 4)) {
            case "RIFF", "RF64" ->
                    switch (head.latin1(FORM, 4)) {
                        case "WEBP" -> "image/webp";
                        case "WAVE" -> "audio/vnd.wave";
                        case "AVI " -> "video/x-msvideo";
                        default -> null;
                    };
            case "FORM" -> head.at(FORM, "AIFF") || head.at(FORM, "AIFC") ? "audio/x-aiff" : null;
            default -> null;
        };
    }
}
