package io.tidemill.api.dto;

/** What a test event tells. */
public record WebhookTestFacts(String endpointId, long sequence, String link) {}
