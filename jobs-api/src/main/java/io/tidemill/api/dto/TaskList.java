package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of tasks. */
public record TaskList(List<Task> items, @Nullable String nextCursor) {}
