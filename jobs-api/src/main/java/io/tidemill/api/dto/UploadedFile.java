package io.tidemill.api.dto;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file just uploaded; {@code items} lists all files of a multipart upload. */
public record UploadedFile(
        String id,
        String name,
        long size,
        String mediaType,
        String sha256,
        Instant createTime,
        @Nullable List<File> items) {}
