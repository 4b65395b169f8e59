package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.scenario.EventSource.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The stream of all jobs of an owner: in one order for everybody, without gap and repeat. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class OwnerStreamIT extends Scenario {
    private static final String PATH = "/v1/events";

    /** What another replica would do. */
    private static final String CHANGE =
            """
            with changed as (update job set sequence = sequence + 1 where id = '%s' returning *)
            insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded,
                                   failed, cancelled, skipped)
            select id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped
            from changed""";

    private String submit(String label, String file) {
        String id = caller.upload(file, "a");
        String submission = Caller.submission(NOOP, id);
        String labelled =
                submission.replaceFirst("\\{", "{\"labels\": {\"kind\": \"" + label + "\"}, ");
        var answer = caller.post("/v1/jobs", labelled);
        assertEquals(202, answer.statusCode(), answer.asString());
        return answer.path("id");
    }

    private String submit(String file) {
        return submit("any", file);
    }

    private static String file() {
        return UUID.randomUUID() + ".txt";
    }

    private void run(String file) {
        processor.succeed(processor.start(processor.run(file)));
    }

    private EventSource open(String query, String... fields) {
        EventSource source = EventSource.open(caller, PATH + query, fields);
        assertEquals(200, source.status);
        return source;
    }

    private static boolean isReady(Event event) {
        return event.name().equals("ready");
    }

    private static boolean isEnd(Event event) {
        return event.name().equals("end");
    }

    private static String told(Event event) {
        return event.json().getString("jobId") + " " + event.sequence();
    }

    @Test
    void snapshotsOfOpenJobsThenReadyThenChanges() {
        String ended = submit(name);
        run(name);
        caller.awaitState(ended, "SUCCEEDED");
        String firstFile = file();
        String first = submit(firstFile);
        String second = submit(file());
        try (EventSource source = open("")) {
            List<Event> start = source.until(OwnerStreamIT::isReady);
            start.forEach(StreamIT::assertKeepsTheContract);
            assertEquals(
                    List.of(second, first),
                    start.subList(0, 2).stream()
                            .map(event -> event.json().getString("job.id"))
                            .toList());
            assertEquals(3, start.size());
            assertNull(start.getFirst().id());
            assertNull(start.getFirst().json().get("reset"));
            assertNotNull(start.getLast().id());
            assertEquals(2, start.getLast().json().getInt("jobs"));
            assertEquals(false, start.getLast().json().getBoolean("more"));

            run(firstFile);
            List<Event> changes = source.until(OwnerStreamIT::isEnd);
            changes.forEach(StreamIT::assertKeepsTheContract);
            for (int i = 0; i < changes.size(); i++) {
                assertEquals(first + " " + (i + 2), told(changes.get(i)));
                assertNotNull(changes.get(i).id());
            }
            String thirdFile = file();
            String third = submit(thirdFile);
            run(thirdFile);
            assertEquals(
                    third, source.until(OwnerStreamIT::isEnd).getLast().json().getString("jobId"));
        }
    }

    @Test
    void everyIdIsAPlaceToGoOnFrom() {
        try (EventSource source = open("")) {
            String start = String.valueOf(source.until(OwnerStreamIT::isReady).getLast().id());
            List<String> files = List.of(file(), file(), file());
            files.forEach(this::submit);
            files.forEach(this::run);
            List<Event> all = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                all.addAll(source.until(OwnerStreamIT::isEnd));
            }
            assertEquals(all, after(start, all.size()));
            for (int i = 0; i < all.size() - 1; i++) {
                List<Event> rest = all.subList(i + 1, all.size());
                assertEquals(rest, after(String.valueOf(all.get(i).id()), rest.size()));
            }
        }
    }

    private List<Event> after(String id, int count) {
        try (EventSource source = open("", "Last-Event-ID: " + id)) {
            List<Event> events = new ArrayList<>();
            while (events.size() < count) {
                events.add(source.must());
            }
            return events;
        }
    }

    @Test
    void aTransactionThatTakesLongMakesOthersWaitSoThatNoneIsMissed() throws SQLException {
        String slowJob = submit(file());
        String slowRow = query("select id from job where owner = '" + caller.owner() + "'");
        String fastFile = file();
        String fastJob = submit(fastFile);
        try (EventSource source = open("")) {
            String start;
            try (Connection slow = database.getConnection();
                    Statement statement = slow.createStatement()) {
                start = String.valueOf(source.until(OwnerStreamIT::isReady).getLast().id());
                slow.setAutoCommit(false);
                statement.execute(CHANGE.formatted(slowRow));
                run(fastFile);
                caller.awaitState(fastJob, "SUCCEEDED");
                slow.commit();
            }
            List<Event> live = source.until(OwnerStreamIT::isEnd);
            assertEquals(slowJob + " 2", told(live.getFirst()), live::toString);
            assertEquals(live, after(start, live.size()));
        }
    }

    @Test
    void changesThatASnapshotHasAlreadyAreNotToldAgain() throws SQLException {
        String job = submit(file());
        String row = query("select id from job where owner = '" + caller.owner() + "'");
        try (Connection slow = database.getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            // behind the oldest transaction, so in the log after the place where streams begin
            execute(CHANGE.formatted(row));
            try (EventSource source = open("")) {
                Event snapshot = source.must();
                assertEquals(2, snapshot.sequence());
                execute(CHANGE.formatted(row));
                slow.commit();
                List<Event> more = source.until(event -> !event.name().equals("ready"));
                assertEquals(job + " 3", told(more.getLast()));
            }
        }
    }

    @Test
    void filtersAreForTheLabelsAndForTheStateAfterTheChange() {
        String wantedFile = file();
        String otherFile = file();
        String wanted = submit("wanted", wantedFile);
        submit("other", otherFile);
        try (EventSource labels = open("?label=kind:wanted");
                EventSource states = open("?state=SUCCEEDED&state=FAILED");
                EventSource none = open("?label=kind:wanted&label=kind:other")) {
            assertEquals(2, labels.until(OwnerStreamIT::isReady).size());
            assertEquals(1, states.until(OwnerStreamIT::isReady).size());
            assertEquals(1, none.until(OwnerStreamIT::isReady).size());
            run(otherFile);
            run(wantedFile);
            List<Event> ofLabels = labels.until(OwnerStreamIT::isEnd);
            assertTrue(
                    ofLabels.stream().allMatch(e -> wanted.equals(e.json().getString("jobId"))),
                    ofLabels::toString);
            assertTrue(isEnd(states.must()));
            assertTrue(isEnd(states.must()));
        }
    }

    @Test
    void othersJobsAreNotSeen() {
        Caller stranger = Caller.stranger();
        String strangersFile = file();
        String own = file();
        stranger.submit(NOOP, stranger.upload(strangersFile, "a"));
        String job = submit(own);
        try (EventSource source = open("")) {
            assertEquals(2, source.until(OwnerStreamIT::isReady).size());
            run(strangersFile);
            run(own);
            source.until(OwnerStreamIT::isEnd)
                    .forEach(event -> assertEquals(job, event.json().getString("jobId")));
        }
    }

    @Test
    void aPositionThatIsTooOldOrNeverWasBeginsAnew() throws SQLException {
        String file = file();
        String job = submit(file);
        String start;
        try (EventSource source = open("")) {
            start = String.valueOf(source.until(OwnerStreamIT::isReady).getLast().id());
        }
        var execution = processor.start(processor.run(file));
        caller.awaitState(job, "RUNNING");
        execute(
                "update job_event set create_time = now() - interval '25 hours' where owner = '"
                        + caller.owner()
                        + "'");
        eventually("pruning", () -> logged() == 0 ? true : null);
        assertBeginsAnew(job, start);
        assertBeginsAnew(job, "f".repeat(42) + "w");
        processor.succeed(execution);
    }

    private long logged() {
        try {
            return Long.parseLong(
                    query("select count(*) from job_event where owner = '" + caller.owner() + "'"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void assertBeginsAnew(String job, String id) {
        try (EventSource source = open("", "Last-Event-ID: " + id)) {
            Event snapshot = source.must();
            assertEquals("snapshot", snapshot.name());
            assertEquals(job, snapshot.json().getString("job.id"));
            assertTrue(snapshot.json().getBoolean("reset"));
            Event ready = source.must();
            assertTrue(isReady(ready) && ready.json().getBoolean("reset"), ready::toString);
        }
    }

    @Test
    void nonsenseIsRefused() {
        for (String query :
                List.of("?state=GREEN", "?label=nocolon", "?lastEventId=12", "?lastEventId=%21")) {
            Caller.assertProblem(400, "MALFORMED_REQUEST", caller.get(PATH + query));
        }
        String labels = "?label=a:b".concat("&label=a:b".repeat(8));
        Caller.assertProblem(400, "MALFORMED_REQUEST", caller.get(PATH + labels));
    }

    @Test
    void aSilentStreamShowsThatItIsAlive() {
        try (EventSource source = open("")) {
            source.until(OwnerStreamIT::isReady);
            source.awaitPing();
        }
    }
}
