package io.tidemill.api.dispatch;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.DispatchStore.Sent;
import io.tidemill.api.telemetry.Measuring;
import io.tidemill.api.telemetry.Meters;
import io.tidemill.api.telemetry.TraceLine;
import io.tidemill.api.telemetry.TraceParent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One span for each task that is sent, from when it was due: its wait in the queue. Where that was
 * too long to be part of a trace, it begins a trace of its own, and tells the wait as a number.
 */
@ApplicationScoped
class DispatchSpans {
    private static final AttributeKey<String> TASK = AttributeKey.stringKey("tidemill.task.id");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("tidemill.task.attempt");
    private static final AttributeKey<String> BUNDLE =
            AttributeKey.stringKey("messaging.message.id");
    private static final AttributeKey<Double> WAIT = AttributeKey.doubleKey("tidemill.task.wait");
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final Tracer tracer;
    private final boolean wanted;

    DispatchSpans(Tracer tracer, Measuring measuring) {
        this.tracer = tracer;
        this.wanted = measuring.wanted();
    }

    boolean wanted() {
        return wanted;
    }

    /**
     * Tells that a task was sent.
     *
     * @param due since when it could have been; null when that is not known
     * @return where its trace goes on; the job's own when there is no telemetry
     */
    @Nullable String sent(String taskQueue, Sent task, @Nullable Long due) {
        if (!wanted || task.traceparent() == null) {
            return task.traceparent();
        }
        Instant now = Instant.now();
        Instant since = due == null ? now : Instant.ofEpochMilli(Math.min(due, now.toEpochMilli()));
        SpanBuilder builder =
                tracer.spanBuilder("dispatch " + task.operation())
                        .setSpanKind(SpanKind.PRODUCER)
                        .setAttribute(TASK, TypeId.TASK.format(task.id()))
                        .setAttribute(ATTEMPT, (long) task.attempt())
                        .setAttribute(Meters.OPERATION, task.operation())
                        .setAttribute(Meters.TASK_QUEUE, taskQueue)
                        .setAttribute(BUNDLE, task.bundle().toString())
                        .setAttribute(WAIT, Duration.between(since, now).toMillis() / MILLIS);
        Instant submitted = IdSource.made(task.id());
        if (TraceLine.goesOn(submitted, now)) {
            builder.setStartTimestamp(since);
        }
        Span span = TraceLine.start(builder, task.traceparent(), submitted, now);
        span.end();
        String own = TraceParent.of(span);
        return own == null ? task.traceparent() : own;
    }
}
