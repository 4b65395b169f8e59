package io.tidemill.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Names one process for good: the system gives process ids out again, but not with the same start
 * time.
 *
 * @param startTime as the system tells it, to about a hundredth of a second
 */
public record ProcessMark(long pid, Instant startTime) {
    private static final Duration TOLERANCE = Duration.ofMillis(1_500);

    /** This program. */
    public static ProcessMark own() {
        return of(ProcessHandle.current());
    }

    static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedThen);
    }

    private boolean startedThen(ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return Duration.between(start, startTime).abs().compareTo(TOLERANCE) < 0;
    }
}
