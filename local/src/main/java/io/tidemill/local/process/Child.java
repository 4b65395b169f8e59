package io.tidemill.local.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One running process of ours. */
public final class Child {
    private final Process process;
    private final Command command;
    private final ProcessMark mark;
    private final LogFile log;

    Child(Process process, Command command, LogFile log) {
        this.process = process;
        this.command = command;
        this.mark = ProcessMark.of(process.toHandle());
        this.log = log;
    }

    public String name() {
        return command.name();
    }

    public long pid() {
        return process.pid();
    }

    public ProcessMark mark() {
        return mark;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether the process has printed a line that begins with {@code ready}. */
    public boolean saysReady() {
        return log.saysReady();
    }

    /** Waits for the end; 128 + n means ended by signal n. */
    public int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks the process to end, and kills it with all it started when the time is up. */
    public void stop(Duration grace) {
        Signals.send(command.stopSignal(), process.toHandle());
        if (!endsWithin(grace)) {
            kill();
        }
    }

    /** Ends the process and all it started, at once and without asking. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        endsWithin(Duration.ofSeconds(10));
    }

    /**
     * Returns when the condition is true.
     *
     * @throws LaunchException if the process ended first, or the time is up
     */
    public void awaitReady(Duration limit, BooleanSupplier condition) {
        boolean[] ready = {false};
        Wait.until(limit, () -> (ready[0] = condition.getAsBoolean()) || !isAlive());
        if (!ready[0]) {
            String what = isAlive() ? "is not ready after " + limit.toSeconds() + " s" : "ended";
            throw new LaunchException("%s %s; see %s".formatted(name(), what, log.path()));
        }
    }

    private boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
