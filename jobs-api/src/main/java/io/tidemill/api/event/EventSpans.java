package io.tidemill.api.event;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.tidemill.api.telemetry.Measuring;
import io.tidemill.api.telemetry.TraceParent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.qpid.proton.message.Message;

/**
 * Spans for a message of events, one in the trace of each task it speaks of, from its arrival until
 * what it says is committed.
 */
@ApplicationScoped
class EventSpans {
    private static final int MOST = 64;

    private final Tracer tracer;
    private final boolean wanted;

    EventSpans(Tracer tracer, Measuring measuring) {
        this.tracer = tracer;
        this.wanted = measuring.wanted();
    }

    /** Begins one span for each trace that a message names. */
    List<Span> start(Message message) {
        if (!wanted || message.getApplicationProperties() == null) {
            return List.of();
        }
        Map<String, Object> properties = message.getApplicationProperties().getValue();
        return Stream.of(properties.get("traceparent"), properties.get("traceparents"))
                .filter(String.class::isInstance)
                .flatMap(text -> Arrays.stream(((String) text).split(",")))
                .limit(MOST)
                .map(TraceParent::read)
                .filter(SpanContext::isSampled)
                .map(this::start)
                .toList();
    }

    private Span start(SpanContext parent) {
        return tracer.spanBuilder("record task events")
                .setParent(Context.root().with(Span.wrap(parent)))
                .setSpanKind(SpanKind.CONSUMER)
                .startSpan();
    }
}
