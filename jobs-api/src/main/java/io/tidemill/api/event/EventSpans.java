package io.tidemill.api.event;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.tidemill.api.telemetry.Measuring;
import io.tidemill.api.telemetry.TraceParent;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.qpid.proton.message.Message;

/**
 * One span for each message of events, in the trace of the task it speaks of, from its arrival
 * until what it says is committed.
 */
@ApplicationScoped
class EventSpans {
    private static final String TRACEPARENT = "traceparent";

    private final Tracer tracer;
    private final boolean wanted;

    EventSpans(Tracer tracer, Measuring measuring) {
        this.tracer = tracer;
        this.wanted = measuring.wanted();
    }

    /** The span of a message; one that counts for nothing when the message names no trace. */
    Span start(Message message) {
        SpanContext parent = wanted ? parent(message) : SpanContext.getInvalid();
        return parent.isValid()
                ? tracer.spanBuilder("record task events")
                        .setParent(Context.root().with(Span.wrap(parent)))
                        .setSpanKind(SpanKind.CONSUMER)
                        .startSpan()
                : Span.getInvalid();
    }

    private static SpanContext parent(Message message) {
        return message.getApplicationProperties() != null
                        && message.getApplicationProperties().getValue().get(TRACEPARENT)
                                instanceof String text
                ? TraceParent.read(text)
                : SpanContext.getInvalid();
    }
}
