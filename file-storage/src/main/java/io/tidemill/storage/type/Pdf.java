package io.tidemill.storage.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PDF whose header is not its first byte: readers accept it within the first 1024 bytes (ISO
 * 32000-1, annex H). It must begin a line, so that prose about PDF stays prose.
 */
final class Pdf implements Sniffer {
    private static final int WITHIN_BYTES = 1024;
    private static final Pattern HEADER =
            Pattern.compile("(?:^\\s*|[^ -~\\t])%PDF-\\d\\.\\d", Pattern.DOTALL);

    @Override
    public @Nullable String sniff(Head head) {
        Matcher header = HEADER.matcher(head.latin1(0, WITHIN_BYTES));
        return header.find() ? "application/pdf" : null;
    }
}
