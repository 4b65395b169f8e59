package io.tidemill.api.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file as its row has it; {@code deleteTime} is set when its owner deleted it. */
public record StoredFile(
        UUID id,
        String name,
        long size,
        String mediaType,
        String sha256,
        Instant createTime,
        @Nullable Instant deleteTime) {}
