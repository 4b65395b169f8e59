package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of files. */
public record FileList(List<File> items, @Nullable String nextCursor) {}
