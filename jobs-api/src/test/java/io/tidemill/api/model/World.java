package io.tidemill.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.FailureLimit;
import io.tidemill.api.lifecycle.JobWish;
import io.tidemill.api.lifecycle.RetryRules;
import io.tidemill.api.lifecycle.RetrySchedule;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.plan.JobTerms;
import io.tidemill.api.plan.NewJob;
import io.tidemill.api.plan.PlannedStep;
import io.tidemill.api.policy.Allowances;
import io.tidemill.api.policy.Choice;
import io.tidemill.api.policy.Turn;
import io.tidemill.api.policy.WaitingTask;
import io.tidemill.api.store.Answer;
import io.tidemill.api.store.Applied;
import io.tidemill.api.store.TaskReport;
import io.tidemill.api.store.TaskSelector;
import io.tidemill.api.store.WishStore;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.OperationDescriptor;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Everything that can happen, one step at a time, chosen at random. */
final class World {
    private static final String OWNER = "model";
    private static final String QUEUE = "standard";
    private static final TaskReport.Details LOST =
            TaskReport.Details.of(FailureCode.WORKER_LOST.because("As the model wanted."));

    private final RandomGenerator random;
    private final Stores stores;
    private final Database database;
    private final Processors processors;
    private final IdSource ids = new IdSource();
    private final List<UUID> jobs = new ArrayList<>();

    World(RandomGenerator random, Stores stores, Database database) {
        this.random = random;
        this.stores = stores;
        this.database = database;
        this.processors = new Processors(random);
    }

    /** Does something; says what. A word that begins with retry may move what has ended. */
    String step() throws SQLException {
        return switch (random.nextInt(22)) {
            case 0 -> submit();
            case 1, 2, 3 -> dispatch();
            case 4 -> resend();
            case 5, 6, 7 -> processors.take();
            case 8, 9, 10, 11 -> processors.work();
            case 12, 13, 14 -> deliver();
            case 15 -> processors.crash();
            case 16 -> leaseEnd();
            case 17 -> retryDue();
            case 18 -> deadline();
            default -> wish();
        };
    }

    private String submit() throws SQLException {
        List<PlannedStep> steps = steps();
        List<String> files = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            files.add(TypeId.FILE.format(random.nextInt(8) == 0 ? UUID.randomUUID() : file()));
        }
        files.add(TypeId.FILE.format(file()));
        UUID id = ids.next();
        RetryRules retries = new RetryRules(random.nextInt(1, 4), RetrySchedule.FAST);
        Instant soon = random.nextInt(5) == 0 ? Instant.now().plus(Duration.ofHours(1)) : null;
        JobTerms terms = new JobTerms(soon, soon == null ? null : soon.plusSeconds(60), limit());
        NewJob job =
                new NewJob(
                        id,
                        OWNER,
                        files,
                        null,
                        steps,
                        steps.stream().map(_ -> retries).toList(),
                        Priority.NORMAL,
                        Map.of(),
                        null,
                        terms,
                        null,
                        null);
        Stores.await(
                stores.submissions.submit(
                        job,
                        null,
                        _ -> {},
                        _ -> new Answer(202, "/v1/jobs/" + TypeId.JOB.format(id), "\"x\"", "{}")));
        giveUp();
        jobs.add(id);
        return "submit";
    }

    private FailureLimit limit() {
        return switch (random.nextInt(5)) {
            case 0 -> FailureLimit.FAIL_FAST;
            case 1 -> new FailureLimit(1, 50);
            default -> FailureLimit.NONE;
        };
    }

    private UUID file() throws SQLException {
        UUID id = UUID.randomUUID();
        database.execute(
                "insert into file (id, owner, name, size, media_type, sha256) values (?, ?, 'a.txt', 1, 'text/plain', ?)",
                id,
                OWNER,
                "a".repeat(64));
        return id;
    }

    /** One step, a chain, one that takes the outputs of another, or one that needs two. */
    private List<PlannedStep> steps() {
        PlannedStep first = planned(0, List.of(), PlannedStep.FILE);
        return switch (random.nextInt(4)) {
            case 0 -> List.of(first);
            case 1 -> List.of(first, planned(1, List.of(0), PlannedStep.FILE));
            case 2 -> List.of(first, planned(1, List.of(0), 0), planned(2, List.of(1), 1));
            default ->
                    List.of(
                            first,
                            planned(1, List.of(), PlannedStep.FILE),
                            planned(2, List.of(0, 1), 1));
        };
    }

    private PlannedStep planned(int ordinal, List<Integer> needs, int input) {
        OperationDescriptor noop = stores.operations.descriptor("noop");
        return new PlannedStep(ordinal, "s" + ordinal, noop, "{}", needs, input);
    }

    private String dispatch() {
        processors.receive(Stores.await(stores.dispatch.pick(QUEUE, this::choose)).tasks());
        return "dispatch";
    }

    private Choice choose(List<Turn> ring, int room, Allowances allowances, long nowMillis) {
        List<WaitingTask> due =
                ring.stream().map(Turn::tasks).flatMap(List::stream).limit(room).toList();
        List<List<WaitingTask>> bundles = new ArrayList<>();
        for (int i = 0; i < due.size(); ) {
            int end = Math.min(due.size(), i + random.nextInt(1, 4));
            bundles.add(due.subList(i, end));
            i = end;
        }
        return new Choice(bundles, Map.of(), null, false);
    }

    private String resend() {
        processors.receive(Stores.await(stores.dispatch.unanswered(QUEUE, Duration.ZERO)));
        return "resend";
    }

    /** One replica applies a batch, or two apply one each at the same moment. */
    private String deliver() {
        List<TaskReport> one = processors.batch();
        List<TaskReport> two = random.nextBoolean() ? processors.batch() : List.of();
        Uni<Applied> both =
                Uni.combine()
                        .all()
                        .unis(stores.tasks.apply(one), stores.tasks.apply(two))
                        .with(
                                (a, b) -> {
                                    processors.told(a);
                                    processors.told(b);
                                    return a;
                                });
        Stores.await(both);
        return "deliver " + one.size() + "+" + two.size();
    }

    private String leaseEnd() throws SQLException {
        database.execute(
                "update task set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null and random() < 0.5");
        return "lease end of "
                + signal(
                        Stores.await(stores.timers.leaseEnded(100)),
                        new TaskSignal.LeaseEnd(),
                        LOST);
    }

    private String retryDue() throws SQLException {
        database.execute("update task set due_time = now() where state = 'RETRYING'");
        return "due "
                + signal(
                        Stores.await(stores.timers.retryDue(100)),
                        new TaskSignal.RetryDue(),
                        TaskReport.Details.NONE);
    }

    private int signal(List<UUID> tasks, TaskSignal signal, TaskReport.Details details) {
        List<TaskReport> reports =
                tasks.stream().map(id -> new TaskReport(id, signal, null, details)).toList();
        processors.told(Stores.await(stores.tasks.apply(reports)));
        return tasks.size();
    }

    private String deadline() throws SQLException {
        if (random.nextInt(3) > 0) {
            database.execute("update job set schedule_time = now() where scheduled");
            for (UUID job : Stores.await(stores.timers.scheduleDue(100))) {
                processors.told(Stores.await(stores.wishes.begin(job)));
            }
            return "schedule due";
        }
        UUID job = anyJob();
        if (job != null) {
            database.execute(
                    "update job set deadline = clock_timestamp() - interval '1 second' where id = ?",
                    job);
            processors.told(Stores.await(stores.wishes.expire(job)));
        }
        return "deadline";
    }

    /** As the timer does, and the service right after a submission. */
    private void giveUp() {
        for (UUID job : Stores.await(stores.timers.overLimit(100))) {
            processors.told(Stores.await(stores.wishes.giveUp(job)));
        }
    }

    private String wish() throws SQLException {
        UUID job = anyJob();
        if (job == null) {
            return "no job";
        }
        JobWish wish =
                switch (random.nextInt(7)) {
                    case 0 -> JobWish.CANCEL;
                    case 1, 2 -> JobWish.PAUSE;
                    case 3, 4 -> JobWish.RESUME;
                    default -> JobWish.RETRY;
                };
        if (Stores.await(stores.wishes.wish(OWNER, job, wish, selector(job)))
                instanceof WishStore.Outcome.Done(Applied applied)) {
            processors.told(applied);
        }
        return wish.name().toLowerCase(Locale.ROOT);
    }

    private TaskSelector selector(UUID job) throws SQLException {
        if (random.nextInt(3) > 0) {
            return TaskSelector.ALL;
        }
        List<String> tasks =
                database.rows(
                        "select id from task where job_id = ? order by random() limit 2", job);
        return new TaskSelector(tasks.stream().map(UUID::fromString).toList(), null, null, null);
    }

    private @Nullable UUID anyJob() {
        return jobs.isEmpty() ? null : jobs.get(random.nextInt(jobs.size()));
    }

    /** Nothing goes wrong any more: everything must come to its end. */
    void finish() throws SQLException {
        for (UUID job : jobs) {
            processors.told(
                    applied(
                            Stores.await(
                                    stores.wishes.wish(
                                            OWNER, job, JobWish.RESUME, TaskSelector.ALL))));
        }
        for (String row : database.rows("select id, job_id from task where paused")) {
            String[] ids = row.split(" ");
            TaskSelector one = new TaskSelector(List.of(UUID.fromString(ids[0])), null, null, null);
            Stores.await(stores.wishes.wish(OWNER, UUID.fromString(ids[1]), JobWish.RESUME, one));
        }
        database.execute("update job set schedule_time = now() where scheduled");
        for (UUID job : Stores.await(stores.timers.scheduleDue(1_000))) {
            Stores.await(stores.wishes.begin(job));
        }
        for (int round = 0; round < 60 && !allEnded(); round++) {
            retryDue();
            dispatch();
            resend();
            processors.takeAll();
            processors.told(Stores.await(stores.tasks.apply(processors.allThatIsLeft())));
            processors.told(Stores.await(stores.tasks.apply(processors.allThatIsLeft())));
            giveUp();
            if (round % 4 == 3) {
                leaseEnd();
            }
        }
        assertEquals(
                List.of(),
                database.rows(
                        "select j.state, t.state, t.held, t.stopping, t.attempt from task t join job j on j.id = t.job_id where t.end_time is null"),
                "tasks that never end");
    }

    private static Applied applied(WishStore.Outcome outcome) {
        return outcome instanceof WishStore.Outcome.Done(Applied applied)
                ? applied
                : Applied.NOTHING;
    }

    private boolean allEnded() throws SQLException {
        return database.rows("select 1 from job where end_time is null").isEmpty();
    }
}
