package io.tidemill.api.file;

import io.tidemill.api.problem.Problems;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of bytes (RFC 9110, section 14).
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, inclusive
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE =
            Pattern.compile(
                    "bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})", Pattern.CASE_INSENSITIVE);

    long length() {
        return last - first + 1;
    }

    String contentRange(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }

    /**
     * The range a request asks for. Absent, several or not understood: all bytes, as the standard
     * allows.
     *
     * @throws io.tidemill.api.problem.ProblemException 416 when it lies outside
     */
    static Optional<ByteRange> of(@Nullable String header, long size) {
        Matcher matcher = SINGLE.matcher(header == null ? "" : header.strip());
        if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        return matcher.group(1).isEmpty()
                ? Optional.of(suffix(Long.parseLong(matcher.group(2)), size))
                : from(Long.parseLong(matcher.group(1)), matcher.group(2), size);
    }

    private static ByteRange suffix(long length, long size) {
        if (length == 0 || size == 0) {
            throw Problems.rangeNotSatisfiable(size);
        }
        return new ByteRange(Math.max(0, size - length), size - 1);
    }

    private static Optional<ByteRange> from(long first, String end, long size) {
        long last = end.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(end));
        if (!end.isEmpty() && Long.parseLong(end) < first) {
            return Optional.empty();
        }
        if (first >= size) {
            throw Problems.rangeNotSatisfiable(size);
        }
        return Optional.of(new ByteRange(first, last));
    }
}
