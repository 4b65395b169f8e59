package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.OfferedOperation;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operation that lacks what it depends on. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class CircuitIT extends Scenario {
    private static final Failure AWAY =
            FailureCode.DEPENDENCY_UNAVAILABLE.because("Storage did not answer.");

    private JsonPath circuit() {
        return Caller.ok(caller.get("/v1/operations/noop"));
    }

    private boolean ended(String job) {
        return caller.job(job).getString("endTime") != null;
    }

    private String fileName(int i) {
        return i + name;
    }

    @Test
    void anOpenCircuitHoldsWhatWaitsCostsNoAttemptAndClosesByItself() throws Exception {
        processor.publish(
                new TaskEvent.Announced(
                        "standard",
                        4,
                        "none",
                        List.of(new OfferedOperation("noop", "1.0", "full", "noop", "1", null))));
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            files.add(caller.upload(fileName(i), "a" + i));
        }
        String job = caller.submit(NOOP, files.toArray(String[]::new));
        List<TaskRun> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(processor.run(fileName(i)));
        }
        runs.forEach(run -> processor.fail(processor.start(run), AWAY));
        eventually(
                "the circuit",
                () -> circuit().getString("circuit.state").equals("CLOSED") ? null : 1);
        assertEquals("Storage did not answer.", circuit().getString("circuit.reason"));
        String waiting = caller.upload("waiting" + name, "w");
        String next = caller.submit(NOOP, waiting);
        JsonPath task = caller.tasks(next);
        assertEquals("CIRCUIT_OPEN", task.getString("items[0].queue.waitReason"));
        assertEquals("QUEUED", task.getString("items[0].state"));

        execute("update circuit set open_until = now()");
        TaskRun probe = processor.await("the probe", () -> processor.any(name));
        assertEquals("HALF_OPEN", circuit().getString("circuit.state"));
        processor.fail(processor.start(probe), AWAY);
        eventually(
                "it is open again",
                () -> circuit().getString("circuit.state").equals("OPEN") ? 1 : null);

        execute("update circuit set open_until = now()");
        eventually(
                "all the rest succeeds, and that closes it",
                () -> {
                    TaskRun run = processor.any(name);
                    if (run != null) {
                        processor.succeed(processor.start(run));
                    }
                    return ended(job) && ended(next) ? 1 : null;
                });
        assertEquals("CLOSED", circuit().getString("circuit.state"));
        caller.awaitState(job, "SUCCEEDED");
        caller.awaitState(next, "SUCCEEDED");
        caller.tasks(job)
                .<Integer>getList("items.attempt")
                .forEach(used -> assertTrue(used <= 2, "attempts: " + used));
        assertEquals(1, caller.tasks(next).getInt("items[0].attempt"));
    }
}
