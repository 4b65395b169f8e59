package io.tidemill.faults.system;

import io.tidemill.local.process.ProcessMark;
import io.tidemill.local.process.Wait;
import io.tidemill.local.up.Keeper;
import io.tidemill.local.up.Place;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** One jobs-api or file-processor: a place that is filled again whenever its process dies. */
public final class Unit {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Place place;
    private final Keeper keeper;

    Unit(Place place, Keeper keeper) {
        this.place = place;
        this.keeper = keeper;
    }

    public String name() {
        return place.service().name();
    }

    public URI url() {
        return URI.create(String.valueOf(place.reach().get("url")));
    }

    public boolean isReady() {
        return keeper.isReady();
    }

    /** The process id; 0 between two processes. */
    public long pid() {
        return keeper.process().map(ProcessMark::pid).orElse(0L);
    }

    /** Whether there was a process to send it to. */
    public boolean send(Signal signal) {
        long pid = pid();
        return pid != 0 && signal.send(pid);
    }

    /** Returns when another process than this one serves. */
    public boolean awaitSuccessor(long gone) {
        return Wait.until(PATIENCE, () -> pid() != 0 && pid() != gone && isReady());
    }

    /** Whether this very process ended within the time. */
    public static boolean awaitDeath(long pid, Duration limit) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return Wait.until(limit, () -> process.filter(ProcessHandle::isAlive).isEmpty());
    }

    void start() {
        keeper.start();
    }

    void awaitReady() {
        keeper.awaitReadyAndWatch();
    }

    void stop() {
        send(Signal.CONT);
        keeper.stop();
    }
}
