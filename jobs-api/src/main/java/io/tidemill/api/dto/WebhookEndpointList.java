package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of webhook endpoints. */
public record WebhookEndpointList(List<WebhookEndpoint> items, @Nullable String nextCursor) {}
