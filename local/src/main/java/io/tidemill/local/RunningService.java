package io.tidemill.local;

import io.tidemill.local.process.Child;
import io.tidemill.local.process.Service;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service under the control of a test, which may kill it and start it again. */
public final class RunningService {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Service service;
    private @Nullable Child child;

    RunningService(Service service) {
        this.service = service;
    }

    void start() {
        child = service.start();
    }

    void awaitReady() {
        service.awaitReady(child());
    }

    public long pid() {
        return child().pid();
    }

    /** Ends it as kill -9 does. */
    public void kill() {
        child().kill();
    }

    /** Ends it in good order; nothing happens if it never started. */
    public void stop() {
        if (child != null) {
            child.stop(GRACE);
        }
    }

    /** Starts it again on the same data and port; returns when it serves. */
    public void startAgain() {
        start();
        awaitReady();
    }

    private Child child() {
        return Objects.requireNonNull(child, () -> service.name() + " was never started");
    }
}
