package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.api.store.ReconcileStore;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What should never be wrong is put right all the same. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class ReconcileIT extends Scenario {
    private static final String CHAIN =
            "[{\"id\": \"a\", \"operation\": \"noop\"}, {\"id\": \"b\", \"operation\": \"noop\", \"needs\": [\"a\"]}]";

    @Inject ReconcileStore store;

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

    /** Or a backlog of a million would be counted every few seconds. */
    @Test
    void whatIsLookedAtAtOnceIsBoundedByTasks() throws Exception {
        for (int i = 0; i < 4; i++) {
            caller.submit(
                    NOOP, caller.upload(i + name, "a" + i), caller.upload("b" + i + name, "b"));
        }
        UUID first = new UUID(0, 0);
        List<UUID> all = store.openJobs(first, 100, 1_000).await().indefinitely();
        assertEquals(4, all.size());
        assertEquals(all.subList(0, 1), store.openJobs(first, 100, 1).await().indefinitely());
        assertEquals(all.subList(0, 2), store.openJobs(first, 100, 3).await().indefinitely());
        assertEquals(
                all.subList(1, 3), store.openJobs(all.getFirst(), 2, 100).await().indefinitely());
        assertEquals(List.of(), store.openJobs(all.getLast(), 100, 100).await().indefinitely());
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
