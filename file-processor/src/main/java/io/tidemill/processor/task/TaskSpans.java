package io.tidemill.processor.task;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One span for each task, a child of the job's trace, and the way on from it. Without an SDK the
 * job's own context is passed on unchanged.
 */
final class TaskSpans {
    private static final String TRACEPARENT = "traceparent";
    private static final AttributeKey<String> TASK = AttributeKey.stringKey("tidemill.task.id");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("tidemill.task.attempt");
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("tidemill.operation");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("tidemill.outcome");

    private final Tracer tracer;

    TaskSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    Span start(TaskRun run) {
        return tracer.spanBuilder("task " + run.operation())
                .setParent(parent(run.traceparent()))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(TASK, run.taskId())
                .setAttribute(ATTEMPT, (long) run.attempt())
                .setAttribute(OPERATION, run.operation())
                .startSpan();
    }

    /** Ends the span with what became of the task; null when it was stopped or given back. */
    void end(Span span, @Nullable TaskEvent ending) {
        switch (ending) {
            case TaskEvent.Succeeded _ -> span.setAttribute(OUTCOME, "succeeded");
            case TaskEvent.Failed failed ->
                    span.setAttribute(OUTCOME, failed.failure().code())
                            .setStatus(StatusCode.ERROR, failed.failure().code());
            case null, default -> span.setAttribute(OUTCOME, "stopped");
        }
        span.end();
    }

    /** The span as a W3C traceparent, absent when there is no trace. */
    @Nullable String traceparent(Span span) {
        Map<String, String> carrier = new HashMap<>();
        W3CTraceContextPropagator.getInstance()
                .inject(
                        Context.root().with(span),
                        carrier,
                        (map, key, value) -> put(map, key, value));
        return carrier.get(TRACEPARENT);
    }

    private static void put(@Nullable Map<String, String> carrier, String key, String value) {
        if (carrier != null) {
            carrier.put(key, value);
        }
    }

    private static Context parent(@Nullable String traceparent) {
        Map<String, String> carrier =
                traceparent == null ? Map.of() : Map.of(TRACEPARENT, traceparent);
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), carrier, Carrier.READER);
    }

    private enum Carrier implements TextMapGetter<Map<String, String>> {
        READER;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
