package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of dead letters. */
public record DeadLetterList(List<DeadLetter> items, @Nullable String nextCursor) {}
