package io.tidemill.api.dto;

/** How many dead letters something was done to. */
public record DeadLetterAction(int count, boolean more) {}
