package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tidemill.contract.TaskRun;
import org.junit.jupiter.api.Test;

/** What an autoscaler is told. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class ScalingIT extends Scenario {
    static final String TOKEN = "a-token-of-this-test";

    private static final String PATH = "/internal/v1/scaling/{queue}";

    private Response ask(String authorization, String queue) {
        return caller.request().header("Authorization", authorization).get(PATH, queue);
    }

    private int tasks() {
        return Caller.ok(ask("Bearer " + TOKEN, "standard")).getInt("tasks");
    }

    @Test
    void whatWaitsAndWhatRunsCountsUntilItEnds() {
        assertEquals(0, tasks());
        caller.submit(
                NOOP,
                caller.upload("0" + name, "a"),
                caller.upload("1" + name, "b"),
                caller.upload("2" + name, "c"));
        assertEquals(3, tasks());
        TaskRun run = processor.run("0" + name);
        assertEquals(3, tasks());
        processor.succeed(processor.start(run));
        eventually("one has ended", () -> tasks() == 2 ? 1 : null);
    }

    @Test
    void nobodyElseMayAsk() {
        Caller.assertProblem(401, "UNAUTHENTICATED", caller.get(PATH, "standard"));
        Caller.assertProblem(401, "UNAUTHENTICATED", ask("Bearer wrong", "standard"));
        Caller.assertProblem(401, "UNAUTHENTICATED", ask("Basic " + TOKEN, "standard"));
        Caller.assertProblem(404, "NOT_FOUND", ask("Bearer " + TOKEN, "no-such-queue"));
    }
}
