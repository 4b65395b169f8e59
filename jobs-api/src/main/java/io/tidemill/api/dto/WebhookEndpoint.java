package io.tidemill.api.dto;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook endpoint, as its owner sees it; the secret only where it was just made. */
public record WebhookEndpoint(
        String id,
        WebhookEndpointKind kind,
        @Nullable String url,
        @Nullable List<String> recipients,
        @Nullable String description,
        List<WebhookEventType> eventTypes,
        boolean namedJobsOnly,
        boolean enabled,
        @Nullable Instant disabledTime,
        @Nullable WebhookDisabledReason disabledReason,
        @Nullable String secret,
        @Nullable Instant previousSecretExpireTime,
        Instant createTime) {}
