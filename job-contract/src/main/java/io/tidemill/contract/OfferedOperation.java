package io.tidemill.contract;

import org.jspecify.annotations.Nullable;

/**
 * An operation as one worker offers it.
 *
 * @param tier {@code full} (Debian engine), {@code embedded} (ships with Tidemill) or absent when
 *     unavailable
 * @param engine for example {@code libvips}; absent when unavailable
 * @param unavailableReason why it cannot run and the command that mends it; absent when it can
 */
public record OfferedOperation(
        String name,
        String version,
        @Nullable String tier,
        @Nullable String engine,
        @Nullable String engineVersion,
        @Nullable String unavailableReason) {}
