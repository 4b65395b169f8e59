package io.tidemill.api.stream;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.EventStore.Answer;
import io.tidemill.api.store.EventStore.JobNow;
import io.tidemill.api.store.EventStore.Question;
import io.tidemill.api.store.EventStore.StepNow;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.JobSnapshot.StepSnapshot;
import io.tidemill.api.store.JobStore.Found;
import io.tidemill.api.store.LoggedChange;
import io.vertx.core.Context;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Tells one client what happens to one job, until that ends. */
final class JobFeed extends Feed {
    /** The client has seen nothing. */
    static final long NOTHING = -1;

    private final FeedSources sources;
    private final String owner;
    private final UUID job;
    private long position;
    private boolean behind;
    private byte @Nullable [] told;

    /**
     * @param after number of the last change the client has seen, or {@link #NOTHING}
     */
    JobFeed(FeedSources sources, Context loop, Outlet outlet, String owner, UUID job, long after) {
        super(loop, outlet);
        this.sources = sources;
        this.owner = owner;
        this.job = job;
        this.position = after;
    }

    @Override
    Uni<Boolean> open() {
        follow(sources.changes().follow(job, this::wake));
        return position == NOTHING
                ? onLoop(sources.jobs().find(owner, job)).map(this::begin)
                : onLoop(sources.log().ask(new Question(job, position), false)).map(this::resume);
    }

    private boolean begin(Found found) {
        switch (found) {
            case Found.Present(JobSnapshot present) -> snapshot(present, false);
            case Found.Deleted() -> throw Problems.gone("job", TypeId.JOB.format(job));
            case Found.Unknown() -> throw Problems.notFound("job", TypeId.JOB.format(job));
        }
        return true;
    }

    private boolean resume(Answer answer) {
        JobNow now = answer.now();
        if (now == null || !now.owner().equals(owner)) {
            throw Problems.notFound("job", TypeId.JOB.format(job));
        }
        if (now.deleted()) {
            throw Problems.gone("job", TypeId.JOB.format(job));
        }
        if (now.ended() && now.sequence() == position && answer.changes().isEmpty()) {
            return false;
        }
        outlet.begin();
        tell(answer);
        return true;
    }

    @Override
    void read() {
        take(sources.log().ask(new Question(job, position), behind), this::tell);
    }

    private void tell(Answer answer) {
        JobNow now = answer.now();
        if (now == null || now.deleted()) {
            end();
        } else if (isMissing(now, answer.changes())) {
            take(sources.jobs().find(owner, job), this::reset);
        } else {
            changes(now, answer.changes());
        }
    }

    /** What the client has not seen yet has been forgotten, or it has seen what never was. */
    private boolean isMissing(JobNow now, List<LoggedChange> changes) {
        return changes.isEmpty()
                ? now.sequence() != position
                : changes.getFirst().sequence() != position + 1;
    }

    private void reset(Found found) {
        if (found instanceof Found.Present(JobSnapshot present)) {
            snapshot(present, true);
        } else {
            end();
        }
    }

    private void snapshot(JobSnapshot present, boolean reset) {
        position = present.sequence();
        told = percents(present.percent(), present.steps(), StepSnapshot::percent);
        outlet.send(
                new StreamEvent.Snapshot(
                        String.valueOf(position), sources.views().snapshot(present, reset)));
        if (present.state().ended()) {
            end();
        } else {
            rest(true);
        }
    }

    private void changes(JobNow now, List<LoggedChange> changes) {
        for (LoggedChange change : changes) {
            if (outlet.isFull()) {
                break;
            }
            position = change.sequence();
            boolean last = change == changes.getLast() && position >= now.sequence();
            boolean ended = last && change.state().ended();
            outlet.send(
                    new StreamEvent.Change(
                            String.valueOf(position), ended, sources.views().change(change)));
            if (told != null) {
                told[0] = (byte) change.percent();
            }
            if (ended) {
                end();
                return;
            }
        }
        if (position == now.sequence()) {
            progress(now);
        }
        behind = position < now.sequence();
        rest(position != now.sequence());
    }

    private void progress(JobNow now) {
        byte[] percents = percents(now.percent(), now.steps(), StepNow::percent);
        if (!Arrays.equals(percents, told)) {
            told = percents;
            outlet.send(new StreamEvent.Progress(sources.views().progress(job, now)));
        }
    }

    private static <S> byte[] percents(int whole, List<S> steps, ToIntFunction<S> of) {
        byte[] percents = new byte[steps.size() + 1];
        percents[0] = (byte) whole;
        for (int i = 0; i < steps.size(); i++) {
            percents[i + 1] = (byte) of.applyAsInt(steps.get(i));
        }
        return percents;
    }
}
