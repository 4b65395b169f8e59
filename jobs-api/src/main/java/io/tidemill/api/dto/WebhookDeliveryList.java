package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of deliveries. */
public record WebhookDeliveryList(List<WebhookDelivery> items, @Nullable String nextCursor) {}
