package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of jobs. */
public record JobList(List<Job> items, @Nullable String nextCursor) {}
