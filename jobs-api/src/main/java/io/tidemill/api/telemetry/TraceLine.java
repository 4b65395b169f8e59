package io.tidemill.api.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a trace goes on after a wait. What follows within some minutes is a child in the same trace;
 * what comes later begins a trace of its own with a link back, so that no trace lasts for hours.
 */
public final class TraceLine {
    /** How old what began the trace may be for the trace to go on. */
    static final Duration GOES_ON = Duration.ofMinutes(5);

    private TraceLine() {}

    /** Whether a trace that began then still goes on. */
    public static boolean goesOn(Instant began, Instant now) {
        return Duration.between(began, now).compareTo(GOES_ON) <= 0;
    }

    /**
     * Begins a span after another one, perhaps a long time after.
     *
     * @param before the one before; whoever is not in a trace begins none
     * @param began when the trace began
     * @return a span that is not recorded when the one before was not
     */
    public static Span start(
            SpanBuilder builder, @Nullable String before, Instant began, Instant now) {
        SpanContext context = TraceParent.read(before);
        if (!context.isSampled()) {
            return Span.getInvalid();
        }
        return (goesOn(began, now)
                        ? builder.setParent(Context.root().with(Span.wrap(context)))
                        : builder.setNoParent().addLink(context))
                .startSpan();
    }
}
