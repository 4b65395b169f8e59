package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.scenario.EventSource.Event;
import io.tidemill.local.process.Wait;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams cost a bounded amount, whoever reads them however slowly, and there are only so many. */
@QuarkusTest
@TestProfile(TightProfile.class)
class StreamLimitIT extends TightScenario {
    private static final int CHANGES = 10_000;
    private static final long MEBIBYTE = 1024 * 1024;

    /** A long history of a job, as if many transactions had changed it. */
    private static final String HISTORY =
            """
            with j as (update job set sequence = sequence + %1$d where owner = '%2$s' returning *)
            insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded,
                                   failed, cancelled, skipped)
            select j.id, j.sequence - %1$d + n, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed,
                   cancelled, skipped
            from j, generate_series(1, %1$d) n""";

    private static final String MANY =
            """
            with j as (insert into job (id, owner, file_count, queued)
                       select uuidv7(), '%s', 1, 1 from generate_series(1, %d) returning id)
            insert into job_step (job_id, ordinal, id, operation, parameters, needs, input, queued)
            select id, 0, 'noop', 'noop', '{}', '{}', -1, 1 from j""";

    private final Deque<EventSource> open = new ArrayDeque<>();

    @AfterEach
    void letGo() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private EventSource slow(String job) {
        EventSource source = EventSource.ofJob(caller, job, "1");
        open.push(source);
        return source;
    }

    private static long usedBytes() {
        System.gc();
        long direct =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void whoDoesNotReadCostsLittleAndMissesNothing() throws SQLException {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        execute(HISTORY.formatted(CHANGES, caller.owner()));
        try (EventSource all = EventSource.ofJob(caller, job, "1")) {
            assertNumbers(all);
        }
        long before = usedBytes();
        int many = TightProfile.STREAMS - 2;
        for (int i = 0; i < many; i++) {
            assertEquals(200, slow(job).status);
        }
        try (EventSource reads = EventSource.ofJob(caller, job, "1")) {
            assertNumbers(reads);
        }
        long each = (usedBytes() - before) / many;
        assertTrue(each < MEBIBYTE, each + " bytes");
        assertNumbers(open.getFirst());
        assertNumbers(open.getLast());
    }

    private static void assertNumbers(EventSource source) {
        for (long n = 2; n <= CHANGES + 1; n++) {
            Event event = source.nextChange();
            assertTrue(event != null && String.valueOf(n).equals(event.id()), n + ": " + event);
        }
    }

    @Test
    void thereAreOnlySoManyAndWhoHangsUpMakesRoom() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        while (open.size() < TightProfile.STREAMS) {
            assertEquals(200, slow(job).status);
        }
        var refused = caller.get("/v1/jobs/{id}/events", job);
        assertTrue(Caller.assertProblem(503, "OVERLOADED", refused).getBoolean("retryable"));
        assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
        Caller.assertProblem(503, "OVERLOADED", caller.get("/v1/events"));
        assertEquals(200, caller.get("/v1/jobs/{id}", job).statusCode());
        open.pop().close();
        assertTrue(
                Wait.until(
                        PATIENCE,
                        () -> {
                            EventSource again = slow(job);
                            boolean there = again.status == 200;
                            if (!there) {
                                open.pop().close();
                            }
                            return there;
                        }));
    }

    @Test
    void theyTakeNoPlacesOfRequests() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        for (int i = 0; i < TightProfile.REQUESTS * 2; i++) {
            assertEquals(200, slow(job).status);
        }
        assertEquals(200, caller.get("/v1/jobs/{id}", job).statusCode());
    }

    @Test
    void refusedOnesTakeNoPlace() {
        for (int i = 0; i < TightProfile.STREAMS * 2; i++) {
            assertEquals(404, caller.get("/v1/jobs/nonsense/events").statusCode());
            assertEquals(400, caller.get("/v1/events?lastEventId=x").statusCode());
            assertEquals(
                    404, caller.get("/v1/jobs/job_00000000000000000000000000/events").statusCode());
        }
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        assertEquals(200, slow(job).status);
    }

    @Test
    void snapshotsAreOfTheNewestThousand() throws SQLException {
        execute(MANY.formatted(caller.owner(), 1_003));
        try (EventSource source = EventSource.open(caller, "/v1/events")) {
            List<Event> start =
                    new ArrayList<>(source.until(event -> event.name().equals("ready")));
            Event ready = start.removeLast();
            assertEquals(1_000, ready.json().getInt("jobs"));
            assertTrue(ready.json().getBoolean("more"));
            List<String> ids = start.stream().map(e -> e.json().getString("job.id")).toList();
            assertEquals(1_000, ids.stream().distinct().count());
            assertEquals(ids.stream().sorted(Comparator.reverseOrder()).toList(), ids);
        }
    }
}
