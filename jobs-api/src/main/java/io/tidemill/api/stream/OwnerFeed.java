package io.tidemill.api.stream;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.StreamReadyEvent;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.LoggedChange;
import io.tidemill.api.store.OwnerEventStore.Answer;
import io.tidemill.api.store.OwnerEventStore.OwnedChange;
import io.tidemill.api.store.OwnerEventStore.Position;
import io.tidemill.api.store.OwnerEventStore.Question;
import io.vertx.core.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells one client what happens to all jobs of an owner that it wants to hear of, without end.
 *
 * <p>It notes its place in the log before it reads the jobs for its snapshots, so it will come
 * across changes that they contain already. It remembers their numbers until it has passed
 * everything that they can have seen. Until then no event has an id, so a client that loses its
 * connection begins anew.
 */
final class OwnerFeed extends Feed {
    private static final int MOST_SNAPSHOTS = 1_000;
    private static final int PAGE = 100;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private enum Phase {
        PLACE,
        SNAPSHOTS,
        CATCHING_UP,
        LIVE
    }

    private final FeedSources sources;
    private final String owner;
    private final StreamFilter filter;
    private Map<UUID, Long> seen = new HashMap<>();
    private Phase phase;
    private Position position;
    private @Nullable UUID oldestSeen;
    private long seenBefore = UNKNOWN;
    private boolean behind;
    private boolean more;
    private boolean reset;

    /**
     * @param after of the last event the client has seen; null when it has seen nothing
     */
    OwnerFeed(
            FeedSources sources,
            Context loop,
            Outlet outlet,
            String owner,
            StreamFilter filter,
            @Nullable Position after) {
        super(loop, outlet);
        this.sources = sources;
        this.owner = owner;
        this.filter = filter;
        this.phase = after == null ? Phase.PLACE : Phase.LIVE;
        this.position = after == null ? Position.end() : after;
    }

    @Override
    Uni<Boolean> open() {
        follow(sources.changes().followOwner(owner, this::wake));
        return onLoop(ask())
                .map(
                        answer -> {
                            outlet.begin();
                            tell(answer);
                            return true;
                        });
    }

    private Uni<Answer> ask() {
        return sources.log().ask(new Question(owner, position), behind);
    }

    @Override
    void read() {
        if (phase == Phase.SNAPSHOTS) {
            int most = Math.min(PAGE, MOST_SNAPSHOTS + 1 - seen.size());
            take(
                    sources.jobs().open(owner, filter.states(), filter.labels(), oldestSeen, most),
                    page -> snapshots(page, page.size() < most));
        } else {
            take(ask(), this::tell);
        }
    }

    private void tell(Answer answer) {
        if (phase == Phase.PLACE) {
            begin(answer);
        } else if (position.transaction() <= answer.pruned()
                || position.transaction() > answer.oldest()) {
            reset = true;
            seen = new HashMap<>();
            oldestSeen = null;
            seenBefore = UNKNOWN;
            more = false;
            begin(answer);
        } else {
            changes(answer);
        }
    }

    private void begin(Answer answer) {
        position = Position.before(answer.oldest());
        phase = Phase.SNAPSHOTS;
        rest(true);
    }

    private void snapshots(List<JobSnapshot> page, boolean last) {
        boolean cut = false;
        for (JobSnapshot job : page) {
            cut = outlet.isFull();
            more = seen.size() == MOST_SNAPSHOTS;
            if (cut || more) {
                break;
            }
            seen.put(job.id(), job.sequence());
            oldestSeen = job.id();
            outlet.send(new StreamEvent.Snapshot(null, sources.views().snapshot(job, reset)));
        }
        if (more || (last && !cut)) {
            phase = Phase.CATCHING_UP;
        }
        rest(true);
    }

    private void changes(Answer answer) {
        boolean cut = false;
        for (OwnedChange change : answer.changes()) {
            cut = outlet.isFull();
            if (cut) {
                break;
            }
            change(change);
        }
        if (!cut && answer.whole()) {
            position = Position.before(answer.oldest());
            caughtUp(answer);
        }
        behind = cut || !answer.whole();
        rest(behind || answer.heldBack() || phase == Phase.CATCHING_UP);
    }

    private void change(OwnedChange owned) {
        LoggedChange change = owned.change();
        position = new Position(change.transaction(), change.jobId(), change.sequence());
        if (filter.wants(owned)
                && change.sequence() > seen.getOrDefault(change.jobId(), Long.valueOf(0))) {
            outlet.send(
                    new StreamEvent.Change(
                            phase == Phase.LIVE ? Positions.encode(position) : null,
                            owned.latest() && change.state().ended(),
                            sources.views().change(change)));
        }
    }

    /** The first answer after the snapshots tells what they can have seen. */
    private void caughtUp(Answer answer) {
        if (phase == Phase.CATCHING_UP) {
            seenBefore = Math.min(seenBefore, answer.next());
            if (answer.oldest() >= seenBefore) {
                phase = Phase.LIVE;
                StreamReadyEvent ready =
                        new StreamReadyEvent(seen.size(), more, reset ? true : null);
                seen = Map.of();
                reset = false;
                outlet.send(new StreamEvent.Ready(Positions.encode(position), ready));
            }
        }
    }
}
