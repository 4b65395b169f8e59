package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.api.scenario.FakeProcessor.Bundle;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.TaskRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was given up can be seen, run again after a fix, or forgotten. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class DeadLetterIT extends Scenario {
    private static final String LETTERS = "/v1/admin/dead-letters";
    private final Caller operator = Caller.operator();

    private String failedJob() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        processor.fail(
                processor.start(processor.run(name)),
                FailureCode.INVALID_INPUT.because("Damaged."));
        caller.awaitState(job, "FAILED");
        return job;
    }

    private JsonPath letters() {
        return Caller.ok(operator.get(LETTERS + "?owner=" + caller.owner()));
    }

    @Test
    void aFailedTaskIsListedWithItsAttemptsAndItsError() {
        String job = failedJob();
        JsonPath letter = letters();
        assertEquals(1, letter.getList("items").size());
        assertEquals(job, letter.getString("items[0].jobId"));
        assertEquals("noop", letter.getString("items[0].operation"));
        assertEquals("INVALID_INPUT", letter.getString("items[0].error.code"));
        assertEquals(List.of("FAILED"), letter.getList("items[0].attempts.outcome"));
        String filtered = LETTERS + "?operation=noop&code=TIMEOUT&owner=" + caller.owner();
        assertEquals(List.of(), Caller.ok(operator.get(filtered)).getList("items"));
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEnded() {
        failedJob();
        String other = name + ".other";
        String second = caller.submit(NOOP, caller.upload(other, "b"));
        processor.fail(
                processor.start(processor.run(other)), FailureCode.INFECTED.because("Virus."));
        caller.awaitState(second, "FAILED");
        JsonPath first = Caller.ok(operator.get(LETTERS + "?limit=1&owner=" + caller.owner()));
        assertEquals("INFECTED", first.getString("items[0].error.code"));
        JsonPath rest =
                Caller.ok(
                        operator.get(
                                LETTERS
                                        + "?limit=1&owner="
                                        + caller.owner()
                                        + "&cursor="
                                        + first.getString("nextCursor")));
        assertEquals("INVALID_INPUT", rest.getString("items[0].error.code"));
    }

    @Test
    void aRetriedTaskRunsAgainAndLeavesTheList() {
        String job = failedJob();
        JsonPath action =
                Caller.ok(
                        operator.post(
                                LETTERS + "/retry",
                                "{\"owner\": \""
                                        + caller.owner()
                                        + "\", \"operation\": \"noop\"}"));
        assertEquals(1, action.getInt("count"));
        assertEquals(List.of(), letters().getList("items"));
        processor.succeed(processor.start(processor.run(name, 2)));
        caller.awaitState(job, "SUCCEEDED");
    }

    @Test
    void aDiscardedLetterIsForgottenAndItsTaskStaysFailed() {
        String job = failedJob();
        String id = letters().getString("items[0].id");
        JsonPath action =
                Caller.ok(operator.post(LETTERS + "/discard", "{\"ids\": [\"" + id + "\"]}"));
        assertEquals(1, action.getInt("count"));
        assertEquals(List.of(), letters().getList("items"));
        assertEquals("FAILED", caller.job(job).getString("state"));
    }

    @Test
    void onlyOperatorsMayLookAndAct() {
        failedJob();
        Caller.assertProblem(403, "MISSING_SCOPE", caller.get(LETTERS));
        String all = "{\"kind\": \"TASK\"}";
        Caller.assertProblem(403, "MISSING_SCOPE", caller.post(LETTERS + "/retry", all));
        Caller.assertProblem(403, "MISSING_SCOPE", caller.post(LETTERS + "/discard", all));
        Caller.assertProblem(422, "INVALID_REQUEST", operator.post(LETTERS + "/discard", "{}"));
        Caller.assertProblem(400, "MALFORMED_REQUEST", operator.get(LETTERS + "?kind=ALL"));
    }

    @Test
    void tasksOfAMessageThatIsGivenUpAreChargedAndTriedAgain() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        TaskRun run = processor.run(name);
        Bundle bundle = processor.bundleOf(run);
        processor.sendToDead(bundle);
        TaskRun next = processor.run(name, 2);
        assertEquals(run.taskId(), next.taskId());
        processor.succeed(processor.start(next));
        caller.awaitState(job, "SUCCEEDED");
        JsonPath messages = Caller.ok(operator.get(LETTERS + "?kind=MESSAGE"));
        assertTrue(messages.getString("items[0].body").contains(run.taskId()));
    }
}
