package io.tidemill.api.webhook;

import io.tidemill.api.dto.WebhookAttempt;
import io.tidemill.api.dto.WebhookDelivery;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.StoredDelivery;

/** Shows deliveries to the owners of their endpoints. */
final class DeliveryViews {
    private DeliveryViews() {}

    static WebhookDelivery delivery(StoredDelivery delivery) {
        return new WebhookDelivery(
                TypeId.WEBHOOK_DELIVERY.format(delivery.id()),
                TypeId.WEBHOOK_ENDPOINT.format(delivery.endpointId()),
                delivery.eventType(),
                delivery.sequence(),
                delivery.jobId() == null ? null : TypeId.JOB.format(delivery.jobId()),
                delivery.state(),
                delivery.errorCode(),
                delivery.createTime(),
                delivery.dueTime(),
                delivery.endTime(),
                delivery.attempts().stream().map(DeliveryViews::attempt).toList());
    }

    private static WebhookAttempt attempt(StoredDelivery.Attempt attempt) {
        return new WebhookAttempt(
                attempt.number(),
                attempt.startTime(),
                attempt.durationMillis(),
                attempt.status(),
                attempt.errorCode());
    }
}
