package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tidemill.local.process.Wait;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is too much is refused before anything of it is written, LOW first, HIGH last. */
@QuarkusTest
@TestProfile(TightProfile.class)
class OverloadIT extends TightScenario {
    private static final String WRITTEN =
            """
            select concat_ws(' ',
                (select count(*) from job), (select count(*) from job_step),
                (select count(*) from task), (select count(*) from idempotency_key))""";

    private static final String OPEN =
            "select sum(blocked + queued + running + retrying) from job where end_time is null";

    private final Caller other = Caller.stranger();
    private String file = "";
    private String otherFile = "";

    @BeforeEach
    void haveFiles() {
        file = caller.upload(name, "mine");
        otherFile = other.upload(name, "not mine");
    }

    /** What another replica accepts is seen when the tasks are counted. */
    private void fillElsewhere(String owner, int tasks) throws SQLException {
        execute(
                "insert into job (id, owner, file_count, queued) values (uuidv7(), '"
                        + owner
                        + "', 1, "
                        + tasks
                        + ")");
        long written = Long.parseLong(query(OPEN));
        assertTrue(Wait.until(PATIENCE, () -> backlog.open() == written));
    }

    /** A submission that makes that many tasks, 20 at most. */
    private static String body(String file, String priority, int tasks) {
        String steps =
                IntStream.range(0, tasks)
                        .mapToObj(i -> "{\"id\": \"s%d\", \"operation\": \"noop\"}".formatted(i))
                        .collect(Collectors.joining(",", "[", "]"));
        return "{\"files\": [\"%s\"], \"priority\": \"%s\", \"steps\": %s}"
                .formatted(file, priority, steps);
    }

    private static Response submit(Caller caller, String file, String priority, int tasks) {
        return caller.post("/v1/jobs", body(file, priority, tasks));
    }

    private static Response submit(Caller caller, String key, String body) {
        return caller.request()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/v1/jobs");
    }

    private static void assertAccepted(Response response) {
        assertEquals(202, response.statusCode(), response.asString());
    }

    /**
     * What was written while it was counted is seen twice until the next count: it is asked again.
     */
    private static void assertRoom(Caller caller, String file, String priority, int tasks) {
        List<Response> answers = new ArrayList<>();
        boolean accepted =
                Wait.until(
                        PATIENCE,
                        () -> {
                            answers.add(submit(caller, file, priority, tasks));
                            return answers.getLast().statusCode() == 202;
                        });
        assertTrue(accepted, answers.getLast().asString());
    }

    private static void assertRefused(int status, String code, Response response) {
        assertTrue(assertProblem(status, code, response).getBoolean("retryable"));
        int seconds = Integer.parseInt(response.header("Retry-After"));
        assertTrue(seconds >= 5 && seconds <= 15, seconds + " s");
    }

    @Test
    void lowIsRefusedFirstThenNormalAndHighLast() throws SQLException {
        fillElsewhere("somebody", 78);
        assertRoom(caller, file, "LOW", 2);
        assertRefused(503, "OVERLOADED", submit(caller, file, "LOW", 1));
        assertRoom(caller, file, "NORMAL", 15);
        assertRefused(503, "OVERLOADED", submit(caller, file, "NORMAL", 1));
        assertRoom(caller, file, "HIGH", 4);
        assertRefused(503, "OVERLOADED", submit(caller, file, "HIGH", 2));
        assertRoom(caller, file, "HIGH", 1);
        assertRefused(503, "OVERLOADED", submit(caller, file, "HIGH", 1));
        assertTrue(Wait.until(PATIENCE, () -> backlog.open() == TightProfile.BACKLOG));
    }

    @Test
    void anOwnersLimitIsThatOwnersAlone() throws SQLException {
        fillElsewhere(caller.owner(), 48);
        assertRefused(429, "TOO_MANY_TASKS", submit(caller, file, "LOW", 1));
        assertRoom(other, otherFile, "LOW", 1);
        assertRoom(caller, file, "NORMAL", 9);
        assertRefused(429, "TOO_MANY_TASKS", submit(caller, file, "NORMAL", 1));
        assertRoom(caller, file, "HIGH", 3);
        assertRefused(429, "TOO_MANY_TASKS", submit(caller, file, "HIGH", 1));
        assertRoom(other, otherFile, "LOW", 10);
    }

    @Test
    void theSynchronousFormIsBoundedToo() throws SQLException {
        fillElsewhere("somebody", 100);
        assertRefused(503, "OVERLOADED", caller.post("/v1/processFiles", body(file, "HIGH", 1)));
    }

    @Test
    void whenTasksEndThereIsRoomAgain() throws SQLException {
        fillElsewhere("somebody", 100);
        assertRefused(503, "OVERLOADED", submit(caller, file, "HIGH", 1));
        execute("update job set queued = 0, succeeded = 100, end_time = now()");
        assertTrue(Wait.until(PATIENCE, () -> backlog.open() == 0));
        assertRoom(caller, file, "LOW", 1);
    }

    @Test
    void whatWasAcceptedBeforeIsAnsweredTheSameUnderOverload() throws SQLException {
        String key = UUID.randomUUID().toString();
        String refusedKey = UUID.randomUUID().toString();
        Response first = submit(caller, key, body(file, "LOW", 2));
        assertAccepted(first);
        fillElsewhere("somebody", 98);

        Response again = submit(caller, key, body(file, "LOW", 2));
        assertAccepted(again);
        assertEquals(first.asString(), again.asString());
        assertProblem(422, "IDEMPOTENCY_KEY_REUSED", submit(caller, key, body(file, "LOW", 3)));
        assertRefused(503, "OVERLOADED", submit(caller, refusedKey, body(file, "HIGH", 1)));

        execute("delete from job where owner = 'somebody'");
        assertTrue(Wait.until(PATIENCE, () -> backlog.open() == 2));
        assertAccepted(submit(caller, refusedKey, body(file, "HIGH", 1)));
    }

    @Test
    void aStormOfRefusedSubmissionsLeavesNothingBehind() throws Exception {
        fillElsewhere("somebody", 100);
        String written = query(WRITTEN);
        List<String> keys = List.of("storm-1", "storm-2", "storm-3");
        together(
                120,
                i ->
                        i % 2 == 0
                                ? submit(caller, file, "LOW", 20)
                                : submit(caller, keys.get(i % 3), body(file, "HIGH", 20)),
                response -> assertRefused(503, "OVERLOADED", response));
        assertEquals(written, query(WRITTEN));
        assertEquals(TightProfile.BACKLOG, backlog.open());
    }

    /** What is written while it is counted is seen twice until the next count, never not at all. */
    @Test
    void ofManyThatComeTogetherOnlyAsManyGetInAsThereIsRoomFor() throws Exception {
        List<Response> accepted = new ArrayList<>();
        together(
                40,
                i ->
                        i % 2 == 0
                                ? submit(caller, file, "HIGH", 7)
                                : submit(other, otherFile, "HIGH", 7),
                response -> {
                    if (response.statusCode() == 202) {
                        accepted.add(response);
                    }
                });
        assertTrue(accepted.size() <= 14, accepted.size() + " jobs of 7 tasks");
        assertTrue(Wait.until(PATIENCE, () -> tasksAfterOneMore() == TightProfile.BACKLOG));
        assertRefused(503, "OVERLOADED", submit(other, otherFile, "HIGH", 1));
    }

    private int tasksAfterOneMore() {
        submit(other, otherFile, "HIGH", 1);
        submit(caller, file, "HIGH", 1);
        try {
            return Integer.parseInt(query("select count(*) from task"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private interface Call {
        Response make(int number);
    }

    private interface Check {
        void check(Response response);
    }

    /** Fewer at once than requests are bounded by. */
    private static void together(int calls, Call call, Check check) throws Exception {
        List<Future<Response>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(TightProfile.REQUESTS - 2)) {
            for (int i = 0; i < calls; i++) {
                int number = i;
                answers.add(threads.submit(() -> call.make(number)));
            }
        }
        for (Future<Response> answer : answers) {
            check.check(answer.get());
        }
    }

    @Test
    void aJobThatCanNeverFitIsNotAskedToComeAgain() {
        String more = caller.upload(name, "more");
        String evenMore = caller.upload(name, "even more");
        String three =
                body(file, "LOW", 17).replace(file, file + "\", \"" + more + "\", \"" + evenMore);
        Response response = caller.post("/v1/jobs", three);
        assertTrue(
                assertProblem(422, "JOB_TOO_LARGE", response)
                        .getString("detail")
                        .contains("makes 51 tasks, and at priority LOW"),
                response.asString());
        assertAccepted(caller.post("/v1/jobs", three.replace("LOW", "HIGH")));
    }

    @Test
    void aSubmissionThatFailsTakesNoRoom() {
        assertProblem(422, "NO_USABLE_FILE", submit(caller, otherFile, "HIGH", 20));
        assertEquals(0, backlog.open());
    }

    @Test
    void healthStaysGreen() throws SQLException {
        fillElsewhere("somebody", 200);
        assertRefused(503, "OVERLOADED", submit(caller, file, "HIGH", 1));
        assertEquals(200, caller.get("/q/health/ready").statusCode());
        assertEquals(200, caller.get("/q/health/live").statusCode());
    }

    @Test
    void countingReadsNoJobThatHasEnded() throws SQLException {
        execute(
                """
                insert into job (id, owner, file_count, succeeded, start_time, end_time)
                select uuidv7(), 'somebody', 1, 1, now(), now() from generate_series(1, 20000)""");
        execute("analyze job");
        String plan =
                query(
                        "explain (format json) select owner, sum(blocked + queued + running + retrying) from job"
                                + " where end_time is null group by owner");
        assertTrue(plan.contains("\"job_open\""), plan);
    }
}
