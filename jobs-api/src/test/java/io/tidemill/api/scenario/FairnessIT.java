package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemill.api.estimate.Cost;
import io.tidemill.api.store.OperationCosts;
import io.tidemill.contract.TaskRun;
import io.tidemill.local.process.Wait;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who goes first, seen from a processor: owners, classes, limits and rates. So few tasks may be
 * with processors at once that each choice of the dispatcher can be seen.
 */
@QuarkusTest
@TestProfile(LocalProfile.class)
class FairnessIT extends Scenario {
    private static final int AT_ONCE = 4;
    private static final Duration A_MOMENT = Duration.ofMillis(1_500);

    private final Caller other = Caller.stranger();
    private final Caller operator = Caller.operator();
    @Inject OperationCosts costs;
    private final Set<String> seen = new HashSet<>();

    /** Each task is a turn of its own. */
    @BeforeEach
    void longTasks() throws SQLException {
        execute(
                "insert into operation_cost (operation, measured, mean_millis, mean_square) values ('noop', 1000, 500, 250000)"
                        + " on conflict (operation) do update set measured = 1000, mean_millis = 500");
        eventually("the cost of noop", () -> costMillis() == 500 ? true : null);
    }

    private double costMillis() {
        Cost cost = costs.of("noop");
        return cost == null ? 0 : cost.meanMillis();
    }

    @AfterEach
    void unlimited() throws SQLException {
        execute("delete from scheduling_limit; delete from rate_limit; delete from operation_cost");
        eventually("no cost of noop", () -> costMillis() == 0 ? true : null);
    }

    private JsonPath limit(String what, String setting) {
        return Caller.ok(put("/v1/admin/" + what, setting));
    }

    private Response put(String path, String body) {
        return operator.request().contentType("application/json").body(body).put(path);
    }

    private String[] files(Caller owner, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> owner.upload(i + name, owner.owner() + i))
                .toArray(String[]::new);
    }

    private static List<String> taskIds(Caller owner, String job) {
        return owner.tasks(job).getList("items.id", String.class);
    }

    private TaskRun next() {
        return processor.await("a task", this::unseen);
    }

    /** What is not answered at once may be sent again; the broker may hold tasks of others. */
    private @Nullable TaskRun unseen() {
        TaskRun run = processor.any(name);
        while (run != null && !seen.add(run.taskId())) {
            run = processor.any(name);
        }
        return run;
    }

    private void finish(TaskRun run) {
        processor.succeed(processor.start(run));
    }

    /** Finishes one task after the other as they come; in which order they came. */
    private List<String> work(List<TaskRun> first, int tasks) {
        List<TaskRun> order = new ArrayList<>(first);
        for (int done = 0; done < tasks; done++) {
            if (order.size() == done) {
                order.add(next());
            }
            finish(order.get(done));
        }
        return order.stream().map(TaskRun::taskId).toList();
    }

    private List<TaskRun> take(int count) {
        return IntStream.range(0, count).mapToObj(_ -> next()).toList();
    }

    private void nothingMoreComes() {
        assertEquals(false, Wait.until(A_MOMENT, () -> unseen() != null), "too much was sent");
    }

    @Test
    void anotherOwnersFileOvertakesABacklog() {
        limit("limits/TASK_QUEUE/standard", "{\"maxRunning\": " + AT_ONCE + "}");
        caller.submit(NOOP, files(caller, 20));
        List<TaskRun> under = take(AT_ONCE);
        String quick = other.submit(NOOP, files(other, 1));
        List<String> order = work(under, 21);
        int place = order.indexOf(taskIds(other, quick).getFirst());
        assertTrue(place <= AT_ONCE + 1, "place " + place);
    }

    @Test
    void ownersTakeTurnsHoweverMuchEachHas() {
        limit("limits/TASK_QUEUE/standard", "{\"maxRunning\": 1}");
        String long1 = caller.submit(NOOP, files(caller, 10));
        List<TaskRun> under = take(1);
        String long2 = other.submit(NOOP, files(other, 5));
        List<String> order = work(under, 11);
        List<String> others = taskIds(other, long2);
        assertEquals(5, order.stream().filter(others::contains).count(), order.toString());
        caller.wish(long1, "cancel");
    }

    @Test
    void whoHasNothingWaitingOwesNothing() throws SQLException {
        execute(
                "insert into dispatch_turn (task_queue, owner, deficit_millis) values ('standard', 'gone', -60000), ('standard', '"
                        + caller.owner()
                        + "', -60000)");
        caller.submit(NOOP, files(caller, 1));
        finish(next());
        assertEquals("0", query("select count(*) from dispatch_turn"));
    }

    @Test
    void aHigherPriorityOvertakesTheOwnersOtherWork() {
        limit("limits/TASK_QUEUE/standard", "{\"maxRunning\": " + AT_ONCE + "}");
        String[] files = files(caller, 13);
        caller.submit(NOOP, IntStream.range(0, 12).mapToObj(i -> files[i]).toArray(String[]::new));
        List<TaskRun> under = take(AT_ONCE);
        String late = caller.submit(NOOP, files[12]);
        String etag = caller.get("/v1/jobs/{id}", late).header("ETag");
        Response changed = patch(late, "{\"priority\": \"HIGH\", \"labels\": {\"a\": \"b\"}}");
        assertEquals("HIGH", Caller.ok(changed).getString("priority"));
        assertEquals("b", changed.path("labels.a"));
        assertNotEquals(etag, changed.header("ETag"));
        assertEquals(
                changed.header("ETag"),
                patch(late, "{\"priority\": \"HIGH\"}").header("ETag"),
                "the same again changes nothing");
        List<String> order = work(under, 13);
        assertEquals(AT_ONCE, order.indexOf(taskIds(caller, late).getFirst()));
    }

    private Response patch(String job, String body) {
        return caller.request()
                .contentType("application/json")
                .body(body)
                .patch("/v1/jobs/{id}", job);
    }

    @Test
    void anOwnersLimitHoldsAndDelaysNobodyElse() {
        limit("limits/OWNER/" + caller.owner(), "{\"maxRunning\": 2}");
        caller.submit(NOOP, files(caller, 6));
        List<TaskRun> two = take(2);
        nothingMoreComes();
        other.submit(NOOP, files(other, 3));
        for (int i = 0; i < 3; i++) {
            finish(next());
        }
        JsonPath limits = Caller.ok(operator.get("/v1/admin/limits"));
        assertEquals(2, limits.getInt("items.find {it.scope == 'OWNER'}.running"));
        finish(two.getFirst());
        finish(next());
        limit("limits/OWNER/" + caller.owner(), "{\"weight\": 2}");
        take(3).forEach(this::finish);
    }

    @Test
    void everybodysLimitIsOfEachOwner() {
        limit("limits/OWNER/*", "{\"maxRunning\": 1}");
        limit("limits/OWNER/" + other.owner(), "{\"maxRunning\": 2}");
        caller.submit(NOOP, files(caller, 3));
        other.submit(NOOP, files(other, 3));
        take(3);
        nothingMoreComes();
    }

    @Test
    void anOperationsLimitHoldsAndDelaysNoOther() {
        limit("limits/OPERATION/noop", "{\"maxRunning\": 0}");
        String held = caller.submit(NOOP, files(caller, 2));
        String free = caller.submit("[{\"operation\": \"virus-scan\"}]", files(caller, 1));
        assertEquals(taskIds(caller, free).getFirst(), next().taskId());
        nothingMoreComes();
        assertEquals(
                204, operator.request().delete("/v1/admin/limits/OPERATION/noop").statusCode());
        take(2).forEach(this::finish);
        caller.awaitState(held, "SUCCEEDED");
    }

    @Test
    void aRateIsKeptInEveryWindow() throws SQLException {
        limit(
                "rate-limits/slowly",
                "{\"tokensPerSecond\": 8, \"burst\": 3, \"operations\": [\"noop\"]}");
        String job = caller.submit(NOOP, files(caller, 20));
        for (int i = 0; i < 20; i++) {
            finish(next());
        }
        caller.awaitState(job, "SUCCEEDED");
        String most =
                query(
                        """
                        select max(n - 3 - 8 * extract(epoch from window_end - window_begin)) from (
                          select a.dispatch_time as window_begin, b.dispatch_time as window_end,
                                 (select count(*) from task t where t.dispatch_time between a.dispatch_time and b.dispatch_time) as n
                          from task a join task b on b.dispatch_time >= a.dispatch_time) w""");
        // A transaction begins a moment before it takes its tokens.
        assertTrue(Double.parseDouble(most) <= 0.5, "too many by " + most);
        String seconds =
                query(
                        "select extract(epoch from max(dispatch_time) - min(dispatch_time)) from task");
        assertTrue(Double.parseDouble(seconds) < 6, "17 tasks more, 8 a second: " + seconds);
        JsonPath rates = Caller.ok(operator.get("/v1/admin/rate-limits"));
        assertEquals(List.of("noop"), rates.getList("items[0].operations"));
        assertEquals(204, operator.request().delete("/v1/admin/rate-limits/slowly").statusCode());
        assertEquals(List.of(), Caller.ok(operator.get("/v1/admin/rate-limits")).getList("items"));
    }

    @Test
    void nonsenseIsRefusedWithReasons() {
        Caller.assertProblem(403, "MISSING_SCOPE", caller.get("/v1/admin/limits"));
        Caller.assertProblem(403, "MISSING_SCOPE", caller.get("/v1/admin/rate-limits"));
        Caller.assertProblem(
                404, "NOT_FOUND", put("/v1/admin/limits/OPERATION/no-such", "{\"maxRunning\": 1}"));
        Caller.assertProblem(
                422, "INVALID_REQUEST", put("/v1/admin/limits/OPERATION/noop", "{\"weight\": 1}"));
        Caller.assertProblem(
                422, "INVALID_REQUEST", put("/v1/admin/limits/OWNER/*", "{\"maxRunning\": 0}"));
        Caller.assertProblem(422, "INVALID_REQUEST", put("/v1/admin/limits/OWNER/a", "{}"));
        Caller.assertProblem(
                422,
                "INVALID_REQUEST",
                put(
                        "/v1/admin/rate-limits/a",
                        "{\"tokensPerSecond\": 1, \"operations\": [\"no-such\"]}"));
        Caller.assertProblem(
                422,
                "INVALID_REQUEST",
                put(
                        "/v1/admin/rate-limits/a",
                        "{\"tokensPerSecond\": 0, \"operations\": [\"noop\"]}"));
        String job = caller.submit(NOOP, files(caller, 1));
        Caller.assertProblem(422, "INVALID_REQUEST", patch(job, "{}"));
        Caller.assertProblem(422, "INVALID_REQUEST", patch(job, "{\"priority\": \"URGENT\"}"));
        Caller.assertProblem(
                404,
                "NOT_FOUND",
                patch("job_00000000000000000000000000", "{\"priority\": \"LOW\"}"));
    }
}
