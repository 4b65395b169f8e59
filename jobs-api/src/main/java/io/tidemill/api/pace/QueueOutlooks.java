package io.tidemill.api.pace;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.estimate.QueueForecast;
import io.tidemill.api.estimate.QueueLoad;
import io.tidemill.api.estimate.QueueOutlook;
import io.tidemill.api.estimate.QueuedTask.Place;
import io.tidemill.api.estimate.QueuedTask.Rival;
import io.tidemill.api.estimate.WaitReason;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.store.JobHeads;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.QueuePicture;
import io.tidemill.api.store.Waiter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why tasks and jobs wait, and for how long about. */
@ApplicationScoped
public class QueueOutlooks {
    private final QueueMemory memory;
    private final PlaceMemory places;
    private final JobHeads heads;
    private final LiveSlots slots;
    private final Duration turn;

    QueueOutlooks(
            QueueMemory memory,
            PlaceMemory places,
            JobHeads heads,
            LiveSlots slots,
            ApiConfig config) {
        this.memory = memory;
        this.places = places;
        this.heads = heads;
        this.slots = slots;
        this.turn = config.dispatch().bundleWork();
    }

    /** Tasks whose places are found together. */
    private record Line(String owner, String taskQueue) {
        static Line of(Waiter waiter) {
            return new Line(waiter.owner(), waiter.taskQueue());
        }
    }

    /** Of tasks that wait, by their ids. */
    public Uni<Map<UUID, QueueOutlook>> ofTasks(Collection<Waiter> waiters) {
        return waiters.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : memory.picture().chain(picture -> ofTasks(picture, waiters));
    }

    private Uni<Map<UUID, QueueOutlook>> ofTasks(QueuePicture picture, Collection<Waiter> waiters) {
        Map<Line, List<Waiter>> lines =
                waiters.stream().filter(Waiter::isQueued).collect(Collectors.groupingBy(Line::of));
        return Multi.createFrom()
                .iterable(lines.values())
                .onItem()
                .transformToUniAndConcatenate(line -> places.of(line, picture.flows(line)))
                .collect()
                .in(HashMap<UUID, Place>::new, Map::putAll)
                .map(found -> outlooks(picture, waiters, found));
    }

    private Map<UUID, QueueOutlook> outlooks(
            QueuePicture picture, Collection<Waiter> waiters, Map<UUID, Place> found) {
        Instant now = Instant.now();
        Map<List<String>, List<Rival>> rivals = new HashMap<>();
        Map<String, QueueLoad> loads = new HashMap<>();
        Map<UUID, QueueOutlook> outlooks = HashMap.newHashMap(waiters.size());
        for (Waiter waiter : waiters) {
            String queue = waiter.taskQueue();
            List<Rival> others =
                    rivals.computeIfAbsent(
                            List.of(waiter.owner(), queue, waiter.operation()),
                            _ -> picture.rivals(waiter));
            QueueLoad load =
                    loads.computeIfAbsent(
                            queue, name -> picture.load(name, slots.of(name), turn, now));
            outlooks.put(
                    waiter.id(),
                    QueueForecast.of(
                            picture.task(waiter, found.get(waiter.id()), others, now), load));
        }
        return outlooks;
    }

    /** Of jobs that stand still, by their ids: the best of any of their tasks. */
    public Uni<Map<UUID, QueueOutlook>> ofJobs(Collection<JobSnapshot> jobs) {
        Map<UUID, QueueOutlook> known = new HashMap<>();
        jobs.stream()
                .filter(job -> standsStill(job) && !mayGo(job))
                .forEach(job -> known.put(job.id(), held(job)));
        List<UUID> others =
                jobs.stream()
                        .filter(job -> standsStill(job) && mayGo(job))
                        .map(JobSnapshot::id)
                        .toList();
        return others.isEmpty()
                ? Uni.createFrom().item(known)
                : heads.of(others)
                        .chain(
                                first ->
                                        ofTasks(
                                                        first.values().stream()
                                                                .flatMap(List::stream)
                                                                .toList())
                                                .map(tasks -> best(first, tasks)))
                        .invoke(found -> found.putAll(known));
    }

    private static boolean standsStill(JobSnapshot job) {
        Tally tally = job.tally();
        return tally.open() > 0 && tally.running() == 0 && job.state() != JobState.CANCELLING;
    }

    private static boolean mayGo(JobSnapshot job) {
        return job.state() != JobState.PAUSED && job.state() != JobState.SCHEDULED;
    }

    /** Needs no look at its tasks. */
    private static QueueOutlook held(JobSnapshot job) {
        return job.state() == JobState.PAUSED
                ? new QueueOutlook(null, WaitReason.PAUSED, null)
                : new QueueOutlook(null, WaitReason.SCHEDULED, job.scheduleTime());
    }

    private static Map<UUID, QueueOutlook> best(
            Map<UUID, List<Waiter>> heads, Map<UUID, QueueOutlook> tasks) {
        Map<UUID, QueueOutlook> best = new HashMap<>();
        heads.forEach(
                (job, waiters) ->
                        waiters.stream()
                                .flatMap(waiter -> Stream.ofNullable(tasks.get(waiter.id())))
                                .min(QueueOutlook.SOONEST)
                                .ifPresent(outlook -> best.put(job, outlook)));
        return best;
    }
}
