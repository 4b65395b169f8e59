package io.tidemill.api.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in a trace, in the form of W3C Trace Context, in which jobs and messages carry it. */
public final class TraceParent {
    private static final Pattern WELL_FORMED =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;

    private TraceParent() {}

    /** What this span is to those who come after it; null when there is no telemetry. */
    public static @Nullable String of(Span span) {
        SpanContext context = span.getSpanContext();
        return context.isValid()
                ? "00-"
                        + context.getTraceId()
                        + "-"
                        + context.getSpanId()
                        + "-"
                        + context.getTraceFlags().asHex()
                : null;
    }

    /** The same text, if it is well-formed. */
    public static @Nullable String checked(@Nullable String text) {
        return text != null && WELL_FORMED.matcher(text).matches() ? text : null;
    }

    /** What the text says; not valid when it says nothing. */
    public static SpanContext read(@Nullable String text) {
        String checked = checked(text);
        return checked == null
                ? SpanContext.getInvalid()
                : SpanContext.createFromRemoteParent(
                        checked.substring(TRACE, SPAN - 1),
                        checked.substring(SPAN, FLAGS - 1),
                        TraceFlags.fromHex(checked, FLAGS),
                        TraceState.getDefault());
    }
}
