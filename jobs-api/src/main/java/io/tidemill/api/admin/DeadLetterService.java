package io.tidemill.api.admin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.DeadLetterAction;
import io.tidemill.api.dto.DeadLetterList;
import io.tidemill.api.event.EventApplication;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.lifecycle.JobWish;
import io.tidemill.api.paging.Cursor;
import io.tidemill.api.store.DeadLetterStore;
import io.tidemill.api.store.DeadLetterStore.DeadLetter;
import io.tidemill.api.store.DeadLetterStore.Filter;
import io.tidemill.api.store.TaskSelector;
import io.tidemill.api.store.WishStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists dead letters, lets their tasks run again, or forgets them; a bounded number at a time. */
@ApplicationScoped
class DeadLetterService {
    static final int MOST_AT_ONCE = 1_000;

    private final DeadLetterStore store;
    private final WishStore wishes;
    private final EventApplication events;

    DeadLetterService(DeadLetterStore store, WishStore wishes, EventApplication events) {
        this.store = store;
        this.wishes = wishes;
        this.events = events;
    }

    Uni<DeadLetterList> list(Caller caller, Filter filter, int limit, @Nullable String cursor) {
        String list = "dead-letters " + filter;
        UUID before =
                Cursor.decode(cursor, caller.owner(), list, 1)
                        .map(keys -> Cursor.uuid(keys.getFirst()))
                        .orElse(null);
        return store.list(filter, before, limit + 1)
                .map(
                        found ->
                                new DeadLetterList(
                                        found.stream()
                                                .limit(limit)
                                                .map(DeadLetterViews::letter)
                                                .toList(),
                                        found.size() > limit
                                                ? cursor(caller, list, found.get(limit - 1))
                                                : null));
    }

    private static String cursor(Caller caller, String list, DeadLetter last) {
        return new Cursor(caller.owner(), list, List.of(last.id().toString())).encode();
    }

    Uni<DeadLetterAction> discard(Filter filter) {
        return store.discard(filter, MOST_AT_ONCE)
                .map(count -> new DeadLetterAction(count, count == MOST_AT_ONCE));
    }

    /** Job by job; a retried task's letter goes with the retry, in one transaction. */
    Uni<DeadLetterAction> retry(Filter filter) {
        Filter tasks =
                new Filter(filter.ids(), "TASK", filter.owner(), filter.operation(), filter.code());
        if ("MESSAGE".equals(filter.kind())) {
            return Uni.createFrom().item(new DeadLetterAction(0, false));
        }
        return store.list(tasks, null, MOST_AT_ONCE)
                .chain(
                        found ->
                                Multi.createFrom()
                                        .iterable(byJob(found).entrySet())
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                                job -> retry(job.getKey(), job.getValue()))
                                        .collect()
                                        .with(Collectors.summingInt(Integer::intValue))
                                        .map(
                                                count ->
                                                        new DeadLetterAction(
                                                                count,
                                                                found.size() == MOST_AT_ONCE)));
    }

    private record JobOfOwner(String owner, UUID job) {}

    private static Map<JobOfOwner, List<UUID>> byJob(List<DeadLetter> letters) {
        Map<JobOfOwner, List<UUID>> byJob = new LinkedHashMap<>();
        for (DeadLetter letter : letters) {
            if (letter.owner() != null && letter.jobId() != null && letter.taskId() != null) {
                byJob.computeIfAbsent(
                                new JobOfOwner(letter.owner(), letter.jobId()),
                                _ -> new ArrayList<>())
                        .add(letter.taskId());
            }
        }
        return byJob;
    }

    private Uni<Integer> retry(JobOfOwner of, List<UUID> tasks) {
        TaskSelector selector = new TaskSelector(tasks, null, null, null);
        return wishes.wish(of.owner(), of.job(), JobWish.RETRY, selector)
                .map(
                        outcome ->
                                switch (outcome) {
                                    case WishStore.Outcome.Done(var applied) -> {
                                        events.tell(applied);
                                        yield applied.changedJobs().isEmpty() ? 0 : tasks.size();
                                    }
                                    case WishStore.Outcome.Unknown _,
                                            WishStore.Outcome.Deleted _,
                                            WishStore.Outcome.NotAllowed _ ->
                                            0;
                                });
    }
}
