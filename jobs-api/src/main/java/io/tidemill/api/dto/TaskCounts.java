package io.tidemill.api.dto;

/** Tasks by state; {@code queued} includes those on their way to a processor. */
public record TaskCounts(
        int total,
        int blocked,
        int queued,
        int running,
        int retrying,
        int succeeded,
        int failed,
        int cancelled,
        int skipped) {}
