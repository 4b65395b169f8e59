package io.tidemill.api.relay;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.delivery.AttemptResult;
import io.tidemill.api.delivery.AttemptResult.Broken;
import io.tidemill.api.delivery.AttemptResult.Failure;
import io.tidemill.api.dto.WebhookDisabledReason;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.ClaimedDelivery;
import io.tidemill.api.store.ClaimedDelivery.DisabledEndpoint;
import io.tidemill.api.store.ClaimedDelivery.EndedJob;
import io.tidemill.api.store.ClaimedDelivery.News;
import io.tidemill.api.store.ClaimedDelivery.Trial;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Makes one attempt at a delivery by mail: plain text, and as thin as the others. Nothing a user
 * wrote stands in a header but the recipients, which the contract lets through only without line
 * breaks.
 */
@ApplicationScoped
class MailCourier {
    private final ReactiveMailer mailer;
    private final Duration timeout;

    MailCourier(ReactiveMailer mailer, ApiConfig config) {
        this.mailer = mailer;
        this.timeout = config.webhook().timeout();
    }

    /** Completes in time, and never fails. */
    Future<AttemptResult> deliver(ClaimedDelivery delivery) {
        Promise<AttemptResult> result = Promise.promise();
        mailer.send(mail(delivery))
                .ifNoItem()
                .after(timeout)
                .fail()
                .subscribe()
                .with(
                        _ -> result.complete(new AttemptResult.TakenOver()),
                        failure -> result.complete(new Broken(reason(failure))));
        return result.future();
    }

    private static Mail mail(ClaimedDelivery delivery) {
        String id = TypeId.WEBHOOK_DELIVERY.format(delivery.id());
        return new Mail()
                .setTo(delivery.recipients())
                .setSubject(subject(delivery.news()))
                .setText(text(delivery.news()) + "\nDelivery: " + id + "\n")
                .addHeader("Auto-Submitted", "auto-generated")
                .addHeader("X-Tidemill-Delivery", id);
    }

    private static String subject(News news) {
        return switch (news) {
            case EndedJob job -> "Job " + TypeId.JOB.format(job.id()) + ": " + job.state();
            case DisabledEndpoint(UUID id, var _) ->
                    "Endpoint " + TypeId.WEBHOOK_ENDPOINT.format(id) + " is disabled";
            case Trial _ -> "Test of Tidemill";
        };
    }

    private static String text(News news) {
        return switch (news) {
            case EndedJob job -> text(job);
            case DisabledEndpoint(UUID id, WebhookDisabledReason reason) ->
                    "Reason: %s\nLink: /v1/webhook-endpoints/%s\n"
                            .formatted(reason, TypeId.WEBHOOK_ENDPOINT.format(id));
            case Trial _ -> "This is a test.\n";
        };
    }

    private static String text(EndedJob job) {
        StringBuilder text = new StringBuilder();
        String id = TypeId.JOB.format(job.id());
        text.append("Job: ").append(id).append("\nState: ").append(job.state());
        text.append("\nGeneration: ").append(job.generation());
        if (job.clientReference() != null) {
            text.append("\nReference: ").append(job.clientReference());
        }
        job.labels().forEach((name, value) -> text.append("\n" + name + ": " + value));
        return text.append("\nLink: /v1/jobs/").append(id).append("\n").toString();
    }

    private static Failure reason(Throwable failure) {
        return switch (failure) {
            case TimeoutException _ -> Failure.TIMEOUT;
            case SSLException _ -> Failure.TLS_FAILED;
            case SMTPException _ -> Failure.MAIL_REFUSED;
            default -> Failure.CONNECTION_FAILED;
        };
    }
}
