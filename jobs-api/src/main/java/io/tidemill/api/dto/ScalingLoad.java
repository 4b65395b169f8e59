package io.tidemill.api.dto;

/** What a pool of processors has to do: tasks that are due or being worked on, 10 000 at most. */
public record ScalingLoad(String queue, int tasks) {}
