package io.tidemill.api.change;

import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs something at once when it is asked for, and then not again before a pause is over, however
 * often it is asked for. It runs on one event loop, after everything that was there when asked.
 */
final class Paced {
    private enum State {
        QUIET,
        BUSY,
        ASKED_AGAIN
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.QUIET);
    private final Context loop;
    private final long pauseMillis;
    private final Runnable action;

    Paced(Context loop, long pauseMillis, Runnable action) {
        this.loop = loop;
        this.pauseMillis = pauseMillis;
        this.action = action;
    }

    /** May be called from any thread. */
    void ask() {
        State before =
                state.getAndUpdate(now -> now == State.QUIET ? State.BUSY : State.ASKED_AGAIN);
        if (before == State.QUIET) {
            loop.runOnContext(_ -> run());
        }
    }

    private void run() {
        state.set(State.BUSY);
        loop.owner().setTimer(pauseMillis, _ -> loop.runOnContext(_ -> pauseOver()));
        action.run();
    }

    private void pauseOver() {
        if (!state.compareAndSet(State.BUSY, State.QUIET)) {
            run();
        }
    }
}
