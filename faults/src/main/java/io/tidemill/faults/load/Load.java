package io.tidemill.faults.load;

import io.tidemill.local.process.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A steady trickle of jobs, kept up through the fault, and the eyes that watch them end. */
public final class Load implements AutoCloseable {
    /** Long enough for any row: who is not answered by then counts as never answered. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Set<String> TERMINAL =
            Set.of("SUCCEEDED", "PARTIALLY_SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED");

    private final Client client;
    private final Ledger ledger;
    private final Submitter submitter;
    private final Volume volume;
    private final List<Thread> submitting = new ArrayList<>();
    private volatile boolean more = true;
    private volatile boolean watching = true;

    /**
     * How much at once.
     *
     * @param clients that submit side by side
     * @param openJobs at most; more are submitted when some have ended
     * @param files of each job
     * @param taskMillis how long the waiting steps wait
     */
    public record Volume(int clients, int openJobs, int files, int taskMillis) {
        /** Keeps six slots busy on two cores. */
        public static final Volume USUAL = new Volume(2, 10, 3, 1_500);
    }

    public Load(Client client, Ledger ledger, Volume volume) {
        this.client = client;
        this.ledger = ledger;
        this.volume = volume;
        this.submitter = new Submitter(client, ledger);
    }

    public void start() {
        for (int i = 0; i < volume.clients(); i++) {
            submitting.add(Thread.ofVirtual().start(this::submit));
        }
        Thread.ofVirtual().start(this::watch);
    }

    private void submit() {
        while (more) {
            if (ledger.open().size() < volume.openJobs()) {
                submitter.submit(anyShape(), volume.files(), PATIENCE);
            }
            Wait.until(LOOK, () -> !more);
        }
    }

    private Shape anyShape() {
        return switch (ThreadLocalRandom.current().nextInt(4)) {
            case 0 -> Shape.inspect();
            case 1 -> Shape.pair(volume.taskMillis());
            case 2 -> Shape.text(volume.taskMillis());
            default -> Shape.chain(volume.taskMillis());
        };
    }

    private void watch() {
        while (watching) {
            ledger.open().forEach(this::look);
            Wait.until(LOOK, () -> !watching);
        }
    }

    private void look(Promise promise) {
        Answer answer = client.get(promise.path());
        if (answer.ok() && TERMINAL.contains(answer.json().path("state").asText())) {
            ledger.sawEnd(promise.jobId());
        }
    }

    /** Submits no more; what was begun is still brought to an answer. */
    public void stopSubmitting() {
        more = false;
    }

    /** Whether all was answered and all accepted jobs ended. */
    public boolean done() {
        return submitting.stream().noneMatch(Thread::isAlive) && ledger.open().isEmpty();
    }

    @Override
    public void close() {
        more = false;
        watching = false;
        submitting.forEach(Thread::interrupt);
    }
}
