package io.tidemill.storage.type;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Windows bitmap or icon, or a bare JPEG XL code stream: two or four common bytes, for the first
 * two followed by headers that must make sense.
 */
final class Bitmap implements Sniffer {
    private static final Set<Long> HEADER_SIZES = Set.of(12L, 40L, 52L, 56L, 64L, 108L, 124L);
    private static final int HEADER_SIZE = 14;
    private static final String ICON = "\0\0\u0001\0";
    private static final int ICON_ENTRY = 6;

    @Override
    public @Nullable String sniff(Head head) {
        if (head.at(0, "BM") && HEADER_SIZES.contains(head.u32le(HEADER_SIZE))) {
            return "image/bmp";
        }
        if (head.at(0, "\u00ff\n")) {
            return "image/jxl";
        }
        boolean icon = head.at(0, ICON) && head.u16le(4) > 0 && head.u8(ICON_ENTRY + 3) == 0;
        return icon ? "image/vnd.microsoft.icon" : null;
    }
}
