package io.tidemill.api.event;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * One span for each message of events, in the trace of the task it speaks of, from its arrival
 * until what it says is committed.
 */
@ApplicationScoped
class EventSpans {
    private static final String TRACEPARENT = "traceparent";
    private final Tracer tracer;

    EventSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The span of a message; one that counts for nothing when the message names no trace. */
    Span start(Message message) {
        Context parent =
                W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), carrier(message), Carrier.READER);
        return Span.fromContext(parent).getSpanContext().isValid()
                ? tracer.spanBuilder("record task events")
                        .setParent(parent)
                        .setSpanKind(SpanKind.CONSUMER)
                        .startSpan()
                : Span.getInvalid();
    }

    private static Map<String, Object> carrier(Message message) {
        return message.getApplicationProperties() == null
                ? Map.of()
                : message.getApplicationProperties().getValue();
    }

    private enum Carrier implements TextMapGetter<Map<String, Object>> {
        READER;

        @Override
        public Iterable<String> keys(Map<String, Object> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, Object> carrier, String key) {
            return carrier != null
                            && key.equals(TRACEPARENT)
                            && carrier.get(key) instanceof String text
                    ? text
                    : null;
        }
    }
}
