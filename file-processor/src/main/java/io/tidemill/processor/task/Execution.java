package io.tidemill.processor.task;

import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.processor.operation.Checkpoint;
import io.tidemill.processor.operation.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt held by this worker, from the moment it is taken. Its end is told exactly once: by
 * whoever first finishes, stops or releases it.
 */
final class Execution implements Progress, Checkpoint {
    private enum State {
        WAITING,
        RUNNING,
        FINISHED,
        STOPPED,
        RELEASED
    }

    private static final int MOST_ACTIVITY = 200;

    private final TaskRun run;
    private final String id;
    private final CompletableFuture<@Nullable Void> taken = new CompletableFuture<>();
    private State state = State.WAITING;
    private @Nullable Thread thread;
    private @Nullable Integer percent;
    private @Nullable String activity;
    private @Nullable String checkpoint;
    private boolean changed;

    Execution(TaskRun run, String id) {
        this.run = run;
        this.id = id;
        this.checkpoint = run.checkpoint();
    }

    TaskRun run() {
        return run;
    }

    /** The fencing token beside the attempt number. */
    String id() {
        return id;
    }

    /** Completes when the broker has accepted this execution's {@code Taken}. */
    CompletableFuture<@Nullable Void> taken() {
        return taken;
    }

    void confirmTaken() {
        taken.complete(null);
    }

    /**
     * Begins the work on a thread that does nothing else, so that an interrupt can hit nobody but
     * this attempt.
     *
     * @return false when it was stopped or released while it waited
     */
    synchronized boolean start(Thread worker) {
        if (state != State.WAITING) {
            return false;
        }
        state = State.RUNNING;
        thread = worker;
        worker.start();
        return true;
    }

    /** Claims the right to tell the outcome; false when nobody wants to hear it any more. */
    synchronized boolean finish() {
        return end(State.FINISHED, false);
    }

    /** Ends it because it no longer counts; false when it had ended already. */
    synchronized boolean stop() {
        return end(State.STOPPED, true);
    }

    /** Ends it so that it can be given back; false when it had ended already. */
    synchronized boolean release() {
        return end(State.RELEASED, true);
    }

    /** Whether it was finished, stopped or released. */
    synchronized boolean ended() {
        return state != State.WAITING && state != State.RUNNING;
    }

    synchronized boolean waiting() {
        return state == State.WAITING;
    }

    /**
     * Waits until nothing of it runs any more: an operation returns only when its children are
     * dead.
     *
     * @return false when something still runs after {@code time}
     */
    boolean restsWithin(Duration time) throws InterruptedException {
        Thread working = thread();
        return working == null || working.join(time);
    }

    private synchronized @Nullable Thread thread() {
        return thread;
    }

    @Override
    public synchronized void report(int percent, String activity) {
        int reached = Math.max(this.percent == null ? 0 : this.percent, Math.clamp(percent, 0, 99));
        String shown = activity.substring(0, Math.min(activity.length(), MOST_ACTIVITY));
        changed |= !Integer.valueOf(reached).equals(this.percent) || !shown.equals(this.activity);
        this.percent = reached;
        this.activity = shown;
    }

    @Override
    public synchronized Optional<String> last() {
        return Optional.ofNullable(checkpoint);
    }

    @Override
    public void save(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a checkpoint has at most %d bytes, not %d: save where to go on, not what was made"
                            .formatted(MOST_BYTES, bytes));
        }
        synchronized (this) {
            checkpoint = text;
        }
    }

    synchronized TaskEvent.Pulse pulse() {
        changed = false;
        return new TaskEvent.Pulse(run.taskId(), run.attempt(), id, percent, activity, checkpoint);
    }

    /**
     * Its progress, without the checkpoint, if it runs and its progress has changed since it was
     * last told.
     */
    synchronized Optional<TaskEvent.Pulse> news() {
        if (!changed || state != State.RUNNING) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(
                new TaskEvent.Pulse(run.taskId(), run.attempt(), id, percent, activity, null));
    }

    synchronized TaskEvent.Released released() {
        return new TaskEvent.Released(run.taskId(), run.attempt(), id, checkpoint);
    }

    private boolean end(State ending, boolean interrupt) {
        boolean open = state == State.WAITING || state == State.RUNNING;
        if (open) {
            state = ending;
            if (interrupt) {
                interrupt();
            }
        }
        return open;
    }

    /**
     * Interrupts the work, on a thread of its own: while a virtual thread reads or writes a file,
     * an interrupt blocks whoever sends it until that call returns, and a disk may take its time.
     */
    synchronized void interrupt() {
        if (thread != null) {
            Thread.ofVirtual().name("interrupt").start(thread::interrupt);
        }
    }
}
