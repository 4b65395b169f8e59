package io.tidemill.api.dto;

/** How far a delivery is. */
public enum WebhookDeliveryState {
    PENDING,
    DELIVERED,
    FAILED
}
