package io.tidemill.api.relay;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.tidemill.api.delivery.AttemptResult;
import io.tidemill.api.delivery.Judgement;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.ClaimedDelivery;
import io.tidemill.api.store.ClaimedDelivery.EndedJob;
import io.tidemill.api.telemetry.Measuring;
import io.tidemill.api.telemetry.Meters;
import io.tidemill.api.telemetry.TraceLine;
import io.tidemill.api.telemetry.TraceParent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One span for each attempt to tell of a job that ended, in the trace of the job, or linked to it.
 */
@ApplicationScoped
class DeliverySpans {
    private static final AttributeKey<String> JOB = AttributeKey.stringKey("tidemill.job.id");
    private static final AttributeKey<String> DELIVERY =
            AttributeKey.stringKey("tidemill.delivery.id");
    private static final AttributeKey<Long> ATTEMPT =
            AttributeKey.longKey("tidemill.delivery.attempt");
    private static final AttributeKey<Long> STATUS =
            AttributeKey.longKey("http.response.status_code");

    private final Tracer tracer;
    private final boolean wanted;

    DeliverySpans(Tracer tracer, Measuring measuring) {
        this.tracer = tracer;
        this.wanted = measuring.wanted();
    }

    Span start(ClaimedDelivery delivery) {
        if (!wanted || !(delivery.news() instanceof EndedJob job)) {
            return Span.getInvalid();
        }
        return TraceLine.start(
                tracer.spanBuilder("deliver webhook")
                        .setSpanKind(SpanKind.CLIENT)
                        .setAttribute(JOB, TypeId.JOB.format(job.id()))
                        .setAttribute(DELIVERY, TypeId.WEBHOOK_DELIVERY.format(delivery.id()))
                        .setAttribute(ATTEMPT, (long) delivery.attempt()),
                delivery.traceparent(),
                IdSource.made(job.id()),
                Instant.now());
    }

    /** The same delivery, which tells its receiver of this span. */
    static ClaimedDelivery traced(ClaimedDelivery delivery, Span span) {
        String traceparent = TraceParent.of(span);
        return traceparent == null ? delivery : delivery.tracedBy(traceparent);
    }

    static void end(Span span, AttemptResult result) {
        @Nullable String code = Judgement.errorCode(result);
        if (result instanceof AttemptResult.Answered(int status, var _)) {
            span.setAttribute(STATUS, (long) status);
        }
        if (code != null) {
            span.setAttribute(Meters.ERROR, code).setStatus(StatusCode.ERROR, code);
        }
        span.end();
    }
}
