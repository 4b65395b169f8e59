package io.tidemill.processor.tool;

import java.time.Duration;

/**
 * What a child may use. Enforced by the kernel where {@code prlimit} is there; the wall clock
 * always is.
 *
 * @param wallClock after this the whole process group is killed
 * @param cpu CPU time of the process, in whole seconds; at least one second
 * @param addressSpace bytes of virtual memory; {@link #UNLIMITED} for a JVM, which reserves far
 *     more than it uses
 * @param fileSize bytes a file it writes may reach
 */
public record Limits(Duration wallClock, Duration cpu, long addressSpace, long fileSize) {
    public static final long UNLIMITED = Long.MAX_VALUE;

    public Limits {
        if (wallClock.isNegative() || cpu.toSeconds() < 1 || addressSpace < 1 || fileSize < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive: %s, %s, %d, %d"
                            .formatted(wallClock, cpu, addressSpace, fileSize));
        }
    }

    /** The same limits with the wall clock cut to {@code left}, if that is shorter. */
    public Limits within(Duration left) {
        return left.compareTo(wallClock) < 0
                ? new Limits(left.isNegative() ? Duration.ZERO : left, cpu, addressSpace, fileSize)
                : this;
    }
}
