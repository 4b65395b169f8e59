package io.tidemill.processor.task;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * One attempt as it is seen from outside: its span, its time, and which lines of the log are its.
 */
final class ObservedTask {
    private static final String TASK = "taskId";
    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";

    private final TaskRun run;
    private final Span span;
    private final TaskSpans spans;
    private final TaskMeters meters;
    private final long begin = System.nanoTime();

    ObservedTask(TaskRun run, TaskSpans spans, TaskMeters meters) {
        this.run = run;
        this.span = spans.start(run);
        this.spans = spans;
        this.meters = meters;
    }

    /** Where its trace goes on; absent when there is no trace. */
    @Nullable String traceparent() {
        return spans.traceparent(span);
    }

    /** The same work; what it logs and traces is this task's. */
    <T> Callable<T> within(Callable<T> work) {
        return () -> {
            name();
            try (Scope _ = Context.root().with(span).makeCurrent()) {
                return work.call();
            } finally {
                forget();
            }
        };
    }

    /** What these words log is this task's. */
    <T> T saying(Supplier<T> words) {
        name();
        try {
            return words.get();
        } finally {
            forget();
        }
    }

    private void name() {
        MDC.put(TASK, run.taskId());
        SpanContext context = span.getSpanContext();
        if (context.isValid()) {
            MDC.put(TRACE, context.getTraceId());
            MDC.put(SPAN, context.getSpanId());
        }
    }

    private static void forget() {
        List.of(TASK, TRACE, SPAN).forEach(MDC::remove);
    }

    /** It is over; null when it was stopped or given back. */
    void end(@Nullable TaskEvent ending) {
        spans.end(span, ending);
        meters.ended(run.operation(), ending, begin);
    }
}
