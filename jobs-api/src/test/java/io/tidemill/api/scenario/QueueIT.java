package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.api.estimate.Cost;
import io.tidemill.api.pace.Pictures;
import io.tidemill.api.store.OperationCosts;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.OfferedOperation;
import io.tidemill.contract.TaskEvent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What those who wait are told. Nobody works on what fills the broker, so the rest waits. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class QueueIT extends Scenario {
    private static final int SLOTS = 4;
    private static final int AT_BROKER = 8;
    private static final int BACKLOG = 1_000;
    private static final String FIRST = "items[0].queue.";

    private final Caller other = Caller.stranger();
    private final Caller operator = Caller.operator();
    @Inject OperationCosts costs;

    /** Each task is a turn of its own. */
    @BeforeEach
    void processorsAndCosts() throws SQLException {
        execute(
                "insert into operation_cost (operation, measured, mean_millis, mean_square) values ('noop', 1000, 500, 250000)"
                        + " on conflict (operation) do update set measured = 1000, mean_millis = 500");
        eventually("the cost of noop", () -> costMillis() == 500 ? true : null);
        announce("noop");
        Pictures.forget();
    }

    private double costMillis() {
        Cost cost = costs.of("noop");
        return cost == null ? 0 : cost.meanMillis();
    }

    private void announce(String... operations) {
        processor.publish(
                new TaskEvent.Announced(
                        "standard",
                        SLOTS,
                        "none",
                        IntStream.range(0, operations.length)
                                .mapToObj(
                                        i ->
                                                new OfferedOperation(
                                                        operations[i],
                                                        "1.0",
                                                        "full",
                                                        "noop",
                                                        "1",
                                                        null))
                                .toList()));
        processor.awaitApplied();
    }

    @AfterEach
    void nothingIsSet() throws SQLException {
        execute(
                "delete from scheduling_limit; delete from rate_limit; delete from operation_cost; delete from worker");
        eventually("no cost of noop", () -> costMillis() == 0 ? true : null);
    }

    private void limit(String what, String setting) {
        Caller.ok(
                operator.request()
                        .contentType("application/json")
                        .body(setting)
                        .put("/v1/admin/" + what));
    }

    private String[] files(Caller owner, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> owner.upload(i + name, owner.owner() + i))
                .toArray(String[]::new);
    }

    /** So much is on its way that nothing more is sent. */
    private void fill() {
        String job = other.submit(NOOP, files(other, AT_BROKER));
        eventually(
                "all are on their way",
                () ->
                        other.tasks(job).getList("items.state").stream()
                                        .allMatch("DISPATCHED"::equals)
                                ? true
                                : null);
        Pictures.forget();
    }

    /** A look may be a second old, and processors are counted now and then. */
    private JsonPath awaitTasks(String job, String what, Predicate<JsonPath> wanted) {
        return eventually(
                what,
                () -> {
                    JsonPath seen = caller.tasks(job);
                    return wanted.test(seen) ? seen : null;
                });
    }

    private JsonPath awaitReason(String job, String reason) {
        return awaitTasks(job, reason, seen -> reason.equals(seen.getString(FIRST + "waitReason")));
    }

    private static Instant time(JsonPath seen, String field) {
        return Instant.parse(seen.getString(field));
    }

    private static void assertAbout(Duration fromNow, Instant time) {
        Duration off = Duration.between(Instant.now().plus(fromNow), time).abs();
        assertTrue(off.compareTo(Duration.ofSeconds(3)) < 0, fromNow + " from now: " + time);
    }

    @Test
    void ownTasksStandOneBehindTheOther() {
        fill();
        String job = caller.submit(NOOP, files(caller, 12));
        JsonPath seen =
                awaitTasks(
                        job,
                        "expected starts",
                        now -> !now.getList("items.queue.expectedStart").contains(null));
        assertEquals(
                IntStream.rangeClosed(1, 12).boxed().toList(),
                seen.getList("items.queue.position"));
        assertEquals(List.of("QUEUE"), distinct(seen, "items.queue.waitReason"));
        List<Instant> starts =
                IntStream.range(0, 12)
                        .mapToObj(i -> time(seen, "items[" + i + "].queue.expectedStart"))
                        .toList();
        assertEquals(starts.stream().sorted().distinct().toList(), starts);
        // 8 tasks at the broker and 11 before it, 500 ms each, on 4 slots
        assertAbout(Duration.ofMillis(19 * 500 / SLOTS), starts.getLast());
        assertEquals(seen.getList("items.queue.position"), results(job));

        String urgent = submitWith("\"priority\": \"HIGH\"");
        assertEquals(1, caller.tasks(urgent).getInt(FIRST + "position"));
        assertEquals(2, caller.tasks(job).getInt(FIRST + "position"));
        assertEquals(1, caller.job(urgent).getInt("queue.position"));
    }

    private List<Integer> results(String job) {
        return caller.results(job).getList("items.tasks.flatten().queue.position");
    }

    private static List<String> distinct(JsonPath seen, String field) {
        return seen.getList(field, String.class).stream().distinct().toList();
    }

    private String submitWith(String term) {
        String submission = Caller.submission(NOOP, files(caller, 1));
        return caller.post(
                        "/v1/jobs",
                        submission.substring(0, submission.length() - 1) + ", " + term + "}")
                .path("id");
    }

    @Test
    void anothersBacklogCountsForOneTurn() throws SQLException {
        fill();
        String job = caller.submit(NOOP, files(caller, 1));
        assertEquals(1, caller.tasks(job).getInt(FIRST + "position"));
        backlog();
        awaitTasks(job, "place 2", seen -> seen.getInt(FIRST + "position") == 2);
        String more = caller.submit(NOOP, files(caller, 2));
        assertEquals(List.of(4, 6), caller.tasks(more).getList("items.queue.position"));
        limit("limits/OWNER/" + caller.owner(), "{\"weight\": 4}");
        awaitTasks(more, "place 4", seen -> seen.getInt("items[1].queue.position") == 4);
    }

    /** Of the other owner, as if it had been submitted. */
    private void backlog() throws SQLException {
        execute(
                """
                with j as (insert into job (id, owner, file_count, queued) values (uuidv7(), '%s', %d, %d) returning id),
                s as (insert into job_step (job_id, ordinal, id, operation, parameters, needs, input, queued)
                      select id, 0, 'noop', 'noop', '{}', '{}', -1, %d from j returning job_id)
                insert into task (id, job_id, file_ordinal, file_ref, step, operation, task_queue, owner, priority, state, max_attempts,
                                  allowed_attempts)
                select first_task(s.job_id, n), s.job_id, n, 'f', 0, 'noop', 'standard', '%s', 1, 'QUEUED', 3, 3
                from s, generate_series(1, %d) n"""
                        .formatted(
                                other.owner(), BACKLOG, BACKLOG, BACKLOG, other.owner(), BACKLOG));
        Pictures.forget();
    }

    @Test
    void aJobIsToldWhatItsFirstTaskIsUntilThatIsOnItsWay() {
        String filler = other.submit(NOOP, files(other, AT_BROKER));
        eventually(
                "on their way",
                () ->
                        other.job(filler).get("queue") == null
                                        && other.tasks(filler).getList("items.queue").stream()
                                                .allMatch(Objects::isNull)
                                ? true
                                : null);
        Pictures.forget();
        String job = caller.submit(NOOP, files(caller, 2));
        JsonPath waiting =
                eventually(
                        "an expected start",
                        () -> {
                            JsonPath seen = caller.job(job);
                            return seen.get("queue.expectedStart") == null ? null : seen;
                        });
        assertEquals("QUEUE", waiting.getString("queue.waitReason"));
        assertEquals(1, waiting.getInt("queue.position"));
        JsonPath listed = Caller.ok(caller.get("/v1/jobs"));
        assertEquals(1, listed.getInt("items[0].queue.position"));
        String etag = caller.get("/v1/jobs/{id}", job).header("ETag");
        assertEquals(etag, caller.get("/v1/jobs/{id}", job).header("ETag"));

        IntStream.range(0, AT_BROKER)
                .forEach(
                        i ->
                                processor.succeed(
                                        processor.start(
                                                processor.runOf(
                                                        other.tasks(filler)
                                                                .getString(
                                                                        "items[" + i + "].id")))));
        eventually("on its way", () -> caller.job(job).get("queue") == null ? true : null);
        Execution running =
                processor.start(processor.runOf(caller.tasks(job).getString("items[0].id")));
        caller.awaitState(job, "RUNNING");
        assertNull(caller.job(job).get("queue"));
        processor.succeed(running);
        processor.succeed(
                processor.start(processor.runOf(caller.tasks(job).getString("items[1].id"))));
        assertNull(caller.awaitState(job, "SUCCEEDED").get("queue"));
        assertNull(caller.tasks(job).get(FIRST + "waitReason"));
    }

    @Test
    void aLimitThatIsUsedUpIsNamed() {
        limit("limits/OWNER/" + caller.owner(), "{\"maxRunning\": 1}");
        String job = caller.submit(NOOP, files(caller, 3));
        JsonPath seen =
                awaitTasks(
                        job,
                        "the limit",
                        now ->
                                "DISPATCHED".equals(now.getString("items[0].state"))
                                        && "CONCURRENCY_LIMIT"
                                                .equals(now.getString("items[1].queue.waitReason"))
                                        && now.get("items[1].queue.expectedStart") != null);
        assertEquals(1, seen.getInt("items[1].queue.position"));
        assertTrue(
                time(seen, "items[1].queue.expectedStart")
                        .isBefore(time(seen, "items[2].queue.expectedStart")));
        assertNull(caller.job(job).get("queue"));
        processor.succeed(
                processor.start(processor.runOf(caller.tasks(job).getString("items[0].id"))));
    }

    @Test
    void anOperationsAndATaskQueuesLimitsAreNamedToo() {
        limit("limits/OPERATION/noop", "{\"maxRunning\": 0}");
        String job = caller.submit(NOOP, files(caller, 1));
        JsonPath seen = awaitReason(job, "CONCURRENCY_LIMIT");
        assertNull(seen.get(FIRST + "expectedStart"), "nobody knows when it is lifted");
        assertEquals("CONCURRENCY_LIMIT", caller.job(job).getString("queue.waitReason"));
        operator.request().delete("/v1/admin/limits/OPERATION/noop");
        limit("limits/TASK_QUEUE/standard", "{\"maxRunning\": 1}");
        String next = caller.submit(NOOP, files(caller, 2));
        awaitReason(next, "CONCURRENCY_LIMIT");
    }

    @Test
    void aRateWithoutATokenIsNamedAndTellsWhenTheNextComes() {
        limit(
                "rate-limits/slow",
                "{\"tokensPerSecond\": 0.1, \"burst\": 1, \"operations\": [\"noop\"]}");
        String job = caller.submit(NOOP, files(caller, 3));
        JsonPath seen =
                awaitTasks(
                        job,
                        "the rate",
                        now ->
                                now.get(FIRST + "waitReason") == null
                                        && "RATE_LIMIT"
                                                .equals(now.getString("items[2].queue.waitReason"))
                                        && now.get("items[2].queue.expectedStart") != null);
        assertAbout(Duration.ofSeconds(10), time(seen, "items[1].queue.expectedStart"));
        assertAbout(Duration.ofSeconds(20), time(seen, "items[2].queue.expectedStart"));
    }

    @Test
    void whatNobodyOffersWaitsForAProcessor() throws SQLException {
        execute("delete from worker");
        fill();
        String job = caller.submit(NOOP, files(caller, 1));
        JsonPath seen = awaitReason(job, "NO_PROCESSOR");
        assertEquals(1, seen.getInt(FIRST + "position"));
        assertNull(seen.get(FIRST + "expectedStart"));
        assertEquals("NO_PROCESSOR", caller.job(job).getString("queue.waitReason"));
        announce("noop");
        awaitReason(job, "QUEUE");
    }

    @Test
    void whatIsPausedOrScheduledStandsInNoQueue() {
        fill();
        String job = caller.submit(NOOP, files(caller, 1));
        assertEquals("PAUSED", caller.wish(job, "pause").getString("queue.waitReason"));
        JsonPath paused = caller.tasks(job);
        assertEquals("PAUSED", paused.getString(FIRST + "waitReason"));
        assertNull(paused.get(FIRST + "position"));
        assertNull(paused.get(FIRST + "expectedStart"));
        assertEquals("QUEUE", caller.wish(job, "resume").getString("queue.waitReason"));

        String later = submitWith("\"scheduleTime\": \"2999-01-01T00:00:00Z\"");
        JsonPath scheduled = caller.tasks(later);
        assertEquals("SCHEDULED", scheduled.getString(FIRST + "waitReason"));
        assertNull(scheduled.get(FIRST + "position"));
        Instant time = Instant.parse("2999-01-01T00:00:00Z");
        assertEquals(time, time(scheduled, FIRST + "expectedStart"));
        assertEquals(time, time(caller.job(later), "queue.expectedStart"));
        assertEquals("SCHEDULED", caller.job(later).getString("queue.waitReason"));
    }

    @Test
    void whatFailedWaitsForItsNextAttemptAndWhatNeedsItForIt() {
        String chain =
                """
                [{"id": "a", "operation": "noop", "retryPolicy": {"schedule": "PATIENT"}},
                 {"id": "b", "operation": "noop", "needs": ["a"]}]""";
        String job = caller.submit(chain, files(caller, 1));
        String task = caller.tasks(job).getString("items[0].id");
        processor.fail(
                processor.start(processor.runOf(task)), FailureCode.TIMEOUT.because("Slow."));
        processor.awaitApplied();
        processor.forgetRuns();
        processor.fail(
                processor.start(processor.runOf(task)), FailureCode.TIMEOUT.because("Slow."));
        JsonPath seen = awaitReason(job, "BACKOFF");
        assertEquals(
                time(seen, "items[0].nextAttemptTime").toEpochMilli(),
                time(seen, FIRST + "expectedStart").toEpochMilli());
        assertNull(seen.get(FIRST + "position"));
        assertEquals("NEEDED_STEP", seen.getString("items[1].queue.waitReason"));
        assertNull(seen.get("items[1].queue.expectedStart"));
        assertEquals("BACKOFF", caller.job(job).getString("queue.waitReason"));
    }

    @Test
    void anOpenCircuitTellsWhenItIsTriedAgain() throws SQLException {
        execute(
                "insert into circuit (operation, failures, open_since, open_until, reason)"
                        + " values ('noop', 3, now(), now() + interval '1 hour', 'Away.')");
        String job = caller.submit(NOOP, files(caller, 1));
        JsonPath seen =
                awaitTasks(
                        job,
                        "an hour",
                        now ->
                                now.get(FIRST + "expectedStart") != null
                                        && time(now, FIRST + "expectedStart")
                                                .isAfter(Instant.now().plusSeconds(3_000)));
        assertEquals("CIRCUIT_OPEN", seen.getString(FIRST + "waitReason"));
        assertEquals("CIRCUIT_OPEN", caller.job(job).getString("queue.waitReason"));
    }

    @Test
    void aSubmissionIsAnsweredBeforeAnybodyCanKnow() {
        assertFalse(
                caller.post("/v1/jobs", Caller.submission(NOOP, files(caller, 1)))
                        .asString()
                        .contains("\"queue\""));
    }
}
