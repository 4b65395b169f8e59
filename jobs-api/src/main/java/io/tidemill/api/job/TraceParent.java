package io.tidemill.api.job;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace a request belongs to, in the form of W3C Trace Context, so that the job can carry it
 * on.
 */
final class TraceParent {
    private static final Pattern WELL_FORMED =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /**
     * Our own span when there is telemetry, otherwise what the caller sent, if it is well-formed.
     */
    static @Nullable String of(@Nullable String header) {
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            return "00-"
                    + span.getTraceId()
                    + "-"
                    + span.getSpanId()
                    + "-"
                    + span.getTraceFlags().asHex();
        }
        return header != null && WELL_FORMED.matcher(header).matches() ? header : null;
    }
}
