package io.tidemill.api.stream;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Has many questions answered by few queries: one at a time, the next a moment later with all that
 * was asked meanwhile. A lone question is answered at once, and so are those who know already that
 * there is something for them.
 */
final class Batches<Q, A> {
    private static final int MOST = 200;
    private static final long PAUSE_MILLIS = 10;
    private static final long NANOS = 1_000_000;

    private final Context loop;
    private final Function<List<Q>, Uni<List<A>>> query;
    private final Queue<Asked<Q, A>> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean hurry;
    private long lastBegin = System.nanoTime() - PAUSE_MILLIS * NANOS;

    /**
     * @param query gives an answer to each question, in their order
     */
    Batches(Context loop, Function<List<Q>, Uni<List<A>>> query) {
        this.loop = loop;
        this.query = query;
    }

    private record Asked<Q, A>(Q question, UniEmitter<? super A> answer) {}

    /**
     * The answer, on any thread.
     *
     * @param behind whoever asks has not been told everything that is there
     */
    Uni<A> ask(Q question, boolean behind) {
        return Uni.createFrom().emitter(answer -> add(new Asked<>(question, answer), behind));
    }

    private synchronized void add(Asked<Q, A> asked, boolean behind) {
        waiting.add(asked);
        hurry |= behind;
        if (!busy) {
            busy = true;
            schedule();
        }
    }

    /** A queue that is longer than one query needs no pause. */
    private void schedule() {
        long passed = (System.nanoTime() - lastBegin) / NANOS;
        if (passed >= PAUSE_MILLIS || hurry || waiting.size() >= MOST) {
            loop.runOnContext(_ -> run());
        } else {
            loop.owner().setTimer(PAUSE_MILLIS - passed, _ -> loop.runOnContext(_ -> run()));
        }
    }

    private void run() {
        List<Asked<Q, A>> batch = next();
        query.apply(batch.stream().map(Asked::question).toList())
                .subscribe()
                .with(answers -> answered(batch, answers), failure -> failed(batch, failure));
    }

    private synchronized List<Asked<Q, A>> next() {
        lastBegin = System.nanoTime();
        hurry = false;
        List<Asked<Q, A>> batch = new ArrayList<>();
        while (batch.size() < MOST && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    private void answered(List<Asked<Q, A>> batch, List<A> answers) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer.complete(answers.get(i));
        }
        done();
    }

    private void failed(List<Asked<Q, A>> batch, Throwable failure) {
        batch.forEach(asked -> asked.answer.fail(failure));
        done();
    }

    private synchronized void done() {
        busy = !waiting.isEmpty();
        if (busy) {
            schedule();
        }
    }
}
