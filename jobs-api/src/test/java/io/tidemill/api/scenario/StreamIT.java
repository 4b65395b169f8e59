package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.api.scenario.EventSource.Event;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.testing.OpenApiContract;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The stream of one job tells everything once, and goes on where it was left. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class StreamIT extends Scenario {
    private static final String GONE =
            "update job_event set create_time = now() - interval '25 hours' where job_id = '%s'";

    private String submit() {
        return caller.submit(NOOP, caller.upload(name, "a"));
    }

    /** Runs the only task of a job through to its end. */
    private void run() {
        var execution = processor.start(processor.run(name));
        processor.awaitApplied();
        processor.succeed(execution);
    }

    private String ended() {
        String job = submit();
        run();
        caller.awaitState(job, "SUCCEEDED");
        return job;
    }

    private static List<Long> sequences(List<Event> events) {
        return events.stream().map(Event::sequence).toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** The id of a job in the database. */
    private String row(String job) throws SQLException {
        return query(
                "select id from job where owner = '"
                        + caller.owner()
                        + "' order by id desc limit 1");
    }

    private long sequence(String job) throws SQLException {
        return Long.parseLong(query("select sequence from job where id = '" + row(job) + "'"));
    }

    @Test
    void aSnapshotThenEveryChangeThenTheEnd() throws SQLException {
        String job = submit();
        try (EventSource source = EventSource.ofJob(caller, job)) {
            assertEquals(200, source.status);
            assertEquals("text/event-stream", source.headers.get("content-type"));
            assertEquals("no-store", source.headers.get("cache-control"));
            assertEquals("no", source.headers.get("x-accel-buffering"));
            Event snapshot = source.must();
            assertEquals("snapshot", snapshot.name());
            assertEquals(job, snapshot.json().getString("job.id"));
            assertEquals("QUEUED", snapshot.json().getString("job.state"));
            assertNull(snapshot.json().get("reset"));
            assertEquals(snapshot.id(), String.valueOf(snapshot.sequence()));

            var execution = processor.start(processor.run(name));
            List<Event> begun = source.until(event -> event.data().contains("\"RUNNING\""));
            JsonPath change = begun.getLast().json();
            assertEquals("change", begun.getLast().name());
            assertEquals(job, change.getString("jobId"));
            assertEquals("RUNNING", change.getString("state"));
            assertEquals(1, change.getInt("counts.running"));
            assertEquals("RUNNING", change.getString("tasks[0].state"));
            assertEquals("noop", change.getString("tasks[0].step"));
            assertEquals(1, change.getInt("tasks[0].attempt"));
            assertEquals(
                    caller.tasks(job).getString("items[0].id"), change.getString("tasks[0].id"));
            assertEquals(
                    caller.tasks(job).getString("items[0].fileId"),
                    change.getString("tasks[0].fileId"));

            processor.succeed(execution);
            List<Event> rest = source.rest();
            assertEquals("end", rest.getLast().name());
            assertEquals("SUCCEEDED", rest.getLast().json().getString("state"));
            assertEquals(100, rest.getLast().json().getInt("percent"));
            List<Event> all =
                    new ArrayList<>(begun.stream().filter(event -> !event.isProgress()).toList());
            all.addAll(rest);
            assertEquals(numbers(snapshot.sequence() + 1, sequence(job)), sequences(all));
        }
    }

    @Test
    void whatIsToldKeepsTheContract() {
        String job = submit();
        try (EventSource source = EventSource.ofJob(caller, job)) {
            var execution = processor.start(processor.run(name));
            processor.progress(execution, 40, "page 4", null);
            source.until(Event::isProgress).forEach(StreamIT::assertKeepsTheContract);
            processor.succeed(execution);
            source.rest().forEach(StreamIT::assertKeepsTheContract);
        }
    }

    static void assertKeepsTheContract(Event event) {
        String schema =
                switch (event.name()) {
                    case "snapshot" -> "JobSnapshotEvent";
                    case "change", "end" -> "JobChangeEvent";
                    case "progress" -> "JobProgressEvent";
                    case "ready" -> "StreamReadyEvent";
                    default -> throw new AssertionError("unknown event: " + event);
                };
        assertEquals(List.of(), OpenApiContract.load().validate(schema, event.data()));
    }

    @Test
    void everyIdIsAPlaceToGoOnFrom() throws SQLException {
        String second = UUID.randomUUID() + ".txt";
        String job = caller.submit(NOOP, caller.upload(name, "a"), caller.upload(second, "b"));
        try (EventSource source = EventSource.ofJob(caller, job)) {
            Event snapshot = source.must();
            var one = processor.start(processor.run(name));
            processor.awaitApplied();
            var two = processor.start(processor.run(second));
            processor.awaitApplied();
            processor.succeed(one);
            processor.awaitApplied();
            processor.fail(two, FailureCode.INVALID_INPUT.because("It is broken."));
            List<Event> all = source.rest();
            assertTrue(all.size() >= 4, all::toString);
            assertEquals(1, snapshot.sequence());
            for (int i = 0; i < all.size() - 1; i++) {
                String id = all.get(i).id();
                assertEquals(all.subList(i + 1, all.size()), after(job, String.valueOf(id)));
            }
            assertEquals(all, after(job, "1"));
            assertEquals(sequence(job), all.getLast().sequence());
        }
    }

    private List<Event> after(String job, String id) {
        try (EventSource source = EventSource.ofJob(caller, job, id)) {
            return source.rest();
        }
    }

    @Test
    void theIdMayComeInTheQueryAndTheHeaderCounts() {
        String job = ended();
        List<Event> all = after(job, "1");
        String path = "/v1/jobs/" + job + "/events?lastEventId=";
        try (EventSource source = EventSource.open(caller, path + "1")) {
            assertEquals(all, source.rest());
        }
        try (EventSource source = EventSource.open(caller, path + "1", "Last-Event-ID: 2")) {
            assertEquals(all.subList(1, all.size()), source.rest());
        }
    }

    @Test
    void afterTheEndThereIsNothing() throws SQLException {
        String job = ended();
        var answer =
                caller.request()
                        .header("Last-Event-ID", sequence(job))
                        .get("/v1/jobs/{id}/events", job);
        assertEquals(204, answer.statusCode());
        assertEquals("", answer.asString());
        try (EventSource source = EventSource.ofJob(caller, job)) {
            Event snapshot = source.must();
            assertEquals("SUCCEEDED", snapshot.json().getString("job.state"));
            assertNull(source.next());
        }
    }

    @Test
    void aConnectionCanBeUsedAgainAfterTheEnd() {
        String job = ended();
        for (int i = 0; i < 20; i++) {
            assertEquals(200, caller.get("/v1/jobs/{id}/events", job).statusCode());
            assertEquals(200, caller.get("/v1/jobs/{id}", job).statusCode());
        }
    }

    @Test
    void aRetryGoesOnBehindTheEnd() throws SQLException {
        String job = submit();
        processor.fail(
                processor.start(processor.run(name)),
                FailureCode.INVALID_INPUT.because("It is broken."));
        caller.awaitState(job, "FAILED");
        long end = sequence(job);
        caller.wish(job, "retry");
        try (EventSource source = EventSource.ofJob(caller, job, String.valueOf(end))) {
            Event again = source.must();
            assertEquals(end + 1, again.sequence());
            assertEquals(2, again.json().getInt("generation"));
            processor.succeed(processor.start(processor.run(name, 2)));
            List<Event> rest = source.rest();
            assertEquals("SUCCEEDED", rest.getLast().json().getString("state"));
            assertEquals("end", rest.getLast().name());
            assertEquals(numbers(end + 2, sequence(job)), sequences(rest));
        }
        List<Event> all = after(job, "1");
        assertEquals(numbers(2, sequence(job)), sequences(all));
        assertEquals(
                "change",
                all.stream().filter(e -> e.sequence() == end).findFirst().orElseThrow().name());
    }

    @Test
    void whatIsForgottenIsReplacedByASnapshot() throws SQLException {
        String job = submit();
        var execution = processor.start(processor.run(name));
        caller.awaitState(job, "RUNNING");
        execute(GONE.formatted(row(job)));
        eventually("pruning", () -> events(job) == 0 ? true : null);
        try (EventSource source = EventSource.ofJob(caller, job, "1")) {
            Event snapshot = source.must();
            assertEquals("snapshot", snapshot.name());
            assertTrue(snapshot.json().getBoolean("reset"));
            assertEquals("RUNNING", snapshot.json().getString("job.state"));
            processor.succeed(execution);
            assertEquals("end", source.rest().getLast().name());
        }
    }

    private long events(String job) {
        try {
            return Long.parseLong(
                    query("select count(*) from job_event where job_id = '" + row(job) + "'"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aNumberThatNeverWasIsAnsweredWithASnapshot() {
        String job = ended();
        for (String id : List.of("999", "999999999999999999")) {
            try (EventSource source = EventSource.ofJob(caller, job, id)) {
                Event snapshot = source.must();
                assertEquals("snapshot", snapshot.name());
                assertTrue(snapshot.json().getBoolean("reset"));
                assertNull(source.next());
            }
        }
    }

    @Test
    void behindNothingIsTheWholeHistory() {
        String job = ended();
        try (EventSource source = EventSource.ofJob(caller, job, "0")) {
            List<Event> all = source.until(event -> event.name().equals("end"));
            assertEquals("QUEUED", all.getFirst().json().getString("state"));
            for (int i = 0; i < all.size(); i++) {
                assertEquals(String.valueOf(i + 1), all.get(i).id());
            }
            assertNull(source.next());
        }
    }

    @Test
    void progressHasNoIdAndOnlyTheLatestCounts() throws SQLException {
        String job = submit();
        try (EventSource source = EventSource.ofJob(caller, job)) {
            var execution = processor.start(processor.run(name));
            source.until(event -> event.data().contains("\"RUNNING\""));
            long before = sequence(job);
            for (int percent = 1; percent <= 60; percent++) {
                processor.progress(execution, percent, "going on", null);
            }
            List<Event> told = source.until(event -> event.data().contains("\"percent\":60"));
            int last = -1;
            for (Event event : told) {
                assertTrue(event.isProgress(), event::toString);
                assertNull(event.id());
                assertTrue(event.json().getInt("percent") > last, told::toString);
                last = event.json().getInt("percent");
                assertEquals(last, event.json().getInt("steps[0].percent"));
            }
            assertEquals(before, sequence(job));
            processor.succeed(execution);
            source.rest();
        }
    }

    @Test
    void whoHangsUpMakesRoomAndOthersGoOn() {
        String job = submit();
        try (EventSource stays = EventSource.ofJob(caller, job)) {
            for (int i = 0; i < 20; i++) {
                EventSource.ofJob(caller, job).close();
            }
            run();
            assertEquals("end", stays.rest().getLast().name());
        }
    }

    @Test
    void aSilentStreamShowsThatItIsAlive() {
        String job = submit();
        try (EventSource source = EventSource.ofJob(caller, job)) {
            source.awaitPing();
            source.awaitPing();
        }
    }

    @Test
    void foreignAndUnknownJobsLookAlike() {
        String job = ended();
        Caller stranger = Caller.stranger();
        for (String after : List.of("", "1", "999")) {
            Caller.assertProblem(
                    404,
                    "NOT_FOUND",
                    stranger.request()
                            .header("Last-Event-ID", after)
                            .get("/v1/jobs/{id}/events", job));
        }
        Caller.assertProblem(
                404, "NOT_FOUND", caller.get("/v1/jobs/job_00000000000000000000000000/events"));
        Caller.assertProblem(404, "NOT_FOUND", caller.get("/v1/jobs/nonsense/events"));
    }

    @Test
    void aDeletedJobIsGoneWithItsEvents() throws SQLException {
        String job = ended();
        assertTrue(events(job) > 0);
        caller.request().delete("/v1/jobs/{id}", job);
        assertEquals(0, events(job));
        Caller.assertProblem(410, "GONE", caller.get("/v1/jobs/{id}/events", job));
        Caller.assertProblem(
                410,
                "GONE",
                caller.request().header("Last-Event-ID", "1").get("/v1/jobs/{id}/events", job));
    }

    @Test
    void nonsenseIsRefused() {
        String job = ended();
        for (String id : List.of("abc", "-1", "1.5", "99999999999999999999", "1 2")) {
            Caller.assertProblem(
                    400,
                    "MALFORMED_REQUEST",
                    caller.request().header("Last-Event-ID", id).get("/v1/jobs/{id}/events", job));
        }
        Caller.assertProblem(
                406,
                "NOT_ACCEPTABLE",
                caller.request().accept("application/json").get("/v1/jobs/{id}/events", job));
    }

    @Test
    void linksLeadToTheStream() {
        String job = ended();
        assertEquals("/v1/jobs/" + job + "/events", caller.job(job).getString("links.events"));
    }
}
