package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of results. */
public record FileResultList(List<FileResult> items, @Nullable String nextCursor) {}
