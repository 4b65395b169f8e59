package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** What should never be wrong is put right all the same. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class ReconcileIT extends Scenario {
    private static final String CHAIN =
            "[{\"id\": \"a\", \"operation\": \"noop\"}, {\"id\": \"b\", \"operation\": \"noop\", \"needs\": [\"a\"]}]";

    private String mine() {
        return "(select id from job where owner = '" + caller.owner() + "')";
    }

    @Test
    void wrongCountersAreCountedAnew() throws Exception {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        execute(
                "update job set queued = 7, failed = 2 where id in %1$s; update job_step set queued = 3 where job_id in %1$s"
                        .formatted(mine()));
        JsonPath mended =
                caller.awaitJob(
                        job,
                        found ->
                                found.getInt("counts.queued") == 1
                                        && found.getInt("counts.failed") == 0);
        assertEquals(1, mended.getInt("counts.total"));
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
    }

    @Test
    void aJobThatShouldHaveEndedEnds() throws Exception {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        processor.run(name);
        execute(
                ("update task set state = 'SUCCEEDED', start_time = now(), end_time = now() where job_id in "
                        + mine()));
        caller.awaitState(job, "SUCCEEDED");
    }

    @Test
    void aBlockedTaskThatNothingWouldWakeGoesOn() throws Exception {
        String job = caller.submit(CHAIN, caller.upload(name, "a"));
        processor.run(name);
        execute(
                "update task set state = 'SUCCEEDED', start_time = now(), end_time = now() where step = 0 and job_id in "
                        + mine());
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
    }
}
