package io.tidemill.api.policy;

import java.util.UUID;

/**
 * A task that is due.
 *
 * @param priority its class: 0 HIGH, 1 NORMAL, 2 LOW
 * @param dueMillis since when it waits, in milliseconds since 1970
 * @param millis expected working time, at least 1
 * @param alone it must not share a bundle
 */
public record WaitingTask(
        UUID id,
        String owner,
        String operation,
        int priority,
        long dueMillis,
        long millis,
        boolean alone) {}
