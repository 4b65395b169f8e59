package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook endpoint to be created. */
public record WebhookEndpointSubmission(
        @Nullable WebhookEndpointKind kind,
        @Nullable String url,
        @Nullable List<String> recipients,
        @Nullable String description,
        @Nullable List<WebhookEventType> eventTypes,
        @Nullable Boolean namedJobsOnly) {}
