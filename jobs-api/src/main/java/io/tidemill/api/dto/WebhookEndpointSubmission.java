package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook endpoint to be created. */
public record WebhookEndpointSubmission(
        String url,
        @Nullable String description,
        @Nullable List<WebhookEventType> eventTypes,
        @Nullable Boolean namedJobsOnly) {}
