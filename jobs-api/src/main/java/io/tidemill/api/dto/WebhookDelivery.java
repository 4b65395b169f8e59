package io.tidemill.api.dto;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became, or is becoming, of one event for one endpoint. */
public record WebhookDelivery(
        String id,
        String endpointId,
        WebhookEventType eventType,
        long sequence,
        @Nullable String jobId,
        WebhookDeliveryState state,
        @Nullable String errorCode,
        Instant createTime,
        @Nullable Instant nextAttemptTime,
        @Nullable Instant endTime,
        List<WebhookAttempt> attempts) {}
