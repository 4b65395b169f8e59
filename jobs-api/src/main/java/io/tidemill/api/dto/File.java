package io.tidemill.api.dto;

import java.time.Instant;

/** Immutable stored bytes of one owner. */
public record File(
        String id, String name, long size, String mediaType, String sha256, Instant createTime) {}
