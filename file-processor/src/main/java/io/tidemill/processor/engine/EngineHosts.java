package io.tidemill.processor.engine;

import io.tidemill.processor.engine.embedded.HostRequest;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** The engine hosts of this processor: started when needed, lent to one file at a time, renewed. */
public final class EngineHosts implements AutoCloseable {
    private final HostSettings settings;
    private final Semaphore slots;
    private final ConcurrentLinkedDeque<HostProcess> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    public EngineHosts(HostSettings settings) {
        this.settings = settings;
        this.slots = new Semaphore(settings.slots());
    }

    /** Asks for work on an attempt's file. */
    public HostAnswer ask(String work, Attempt attempt, Map<String, Object> parameters)
            throws IOException, InterruptedException {
        return ask(
                new HostRequest(work, attempt.file(), attempt.folder(), parameters),
                attempt.timeout(),
                attempt.progress());
    }

    /**
     * Asks for work on a file.
     *
     * @param time wall-clock time left; the settings may allow less
     * @throws IOException when no host can be started
     * @throws InterruptedException when interrupted; the host at work is dead then
     */
    public HostAnswer ask(HostRequest request, Duration time, Progress progress)
            throws IOException, InterruptedException {
        slots.acquire();
        try {
            HostProcess host = borrow();
            boolean answered = false;
            try {
                HostAnswer answer = host.ask(request, shorter(time), progress);
                answered = true;
                return answer;
            } finally {
                giveBack(host, answered);
            }
        } finally {
            slots.release();
        }
    }

    private Duration shorter(Duration time) {
        return time.compareTo(settings.wallClock()) < 0 ? time : settings.wallClock();
    }

    private HostProcess borrow() throws IOException {
        for (HostProcess host = idle.pollFirst(); host != null; host = idle.pollFirst()) {
            if (host.alive()) {
                return host;
            }
            host.close();
        }
        return HostProcess.start(settings);
    }

    private void giveBack(HostProcess host, boolean answered) {
        boolean useful = answered && host.alive() && host.served() < settings.filesPerHost();
        if (useful && !closed) {
            idle.addFirst(host);
        } else {
            host.close();
        }
        if (closed) {
            closeIdle();
        }
    }

    /** Kills the idle hosts, and those at work as soon as they are done. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (HostProcess host = idle.pollFirst(); host != null; host = idle.pollFirst()) {
            host.close();
        }
    }
}
