package io.tidemill.api.dto;

/** What is told of an endpoint that was disabled: which, and why. */
public record WebhookDisabledFacts(
        String endpointId, WebhookDisabledReason reason, long sequence, String link) {}
