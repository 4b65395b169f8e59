package io.tidemill.api.dto;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to change about a job; what is absent stays. */
public record JobChanges(@Nullable Priority priority, @Nullable Map<String, String> labels) {}
