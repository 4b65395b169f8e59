package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tidemill.api.change.JobChanges;
import io.tidemill.api.change.JobChanges.Following;
import io.tidemill.api.id.TypeId;
import io.tidemill.local.LocalServices;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** News of a job crosses replicas, with hints and without; an unchanged job costs no read. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class ChangeHintsIT extends Scenario {
    private static final int PATIENCE_SECONDS = 30;

    /** Longer than the patience: an answer that only the end of the wait brings comes too late. */
    private static final String LONG = "wait=60";

    /** The memory is good for two seconds after a read; the request must come through in those. */
    private static final long WHILE_LOCKED_MILLIS = 1_500;

    @Inject JobChanges changes;

    /** Set by LocalServicesResource. */
    @Nullable LocalServices services;

    private OtherReplica other;
    private String job = "";

    @BeforeEach
    void haveAJobAndAnotherReplica() {
        other = new OtherReplica();
        job = caller.submit(NOOP, caller.upload(name, "text"));
    }

    @AfterEach
    void endTheOtherReplica() {
        other.close();
    }

    private static UUID uuid(String jobId) {
        return TypeId.JOB.parse(jobId).orElseThrow();
    }

    /** As another replica does, of which no hint comes. */
    private void changeBehindItsBack(String jobId) throws SQLException {
        execute("update job set sequence = sequence + 1 where id = '" + uuid(jobId) + "'");
    }

    private String tag() {
        return caller.get("/v1/jobs/{id}", job).header("ETag");
    }

    private Response poll(Caller by, String tag) {
        return by.request().header("If-None-Match", tag).get("/v1/jobs/{id}", job);
    }

    private CompletableFuture<Response> longPoll(String tag) {
        return CompletableFuture.supplyAsync(
                () ->
                        caller.request()
                                .header("If-None-Match", tag)
                                .header("Prefer", LONG)
                                .get("/v1/jobs/{id}", job));
    }

    private static Response answered(CompletableFuture<Response> request) {
        return request.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** How often a follower has been called. */
    private static void awaitCall(AtomicInteger calls, int number) {
        eventually("call " + number, () -> calls.get() >= number ? true : null);
    }

    /** The sweep tells once that there is no such job; only a hint can be the second call. */
    private void assertHintsArrive() {
        UUID unknown = UUID.randomUUID();
        AtomicInteger calls = new AtomicInteger();
        try (Following _ = changes.follow(unknown, calls::incrementAndGet)) {
            awaitCall(calls, 1);
            eventually(
                    "a hint",
                    () -> {
                        other.hint(TypeId.JOB.format(unknown));
                        return calls.get() > 1 ? true : null;
                    });
        }
    }

    @Test
    void aHintOfAnotherReplicaIsHeard() {
        other.hintRaw("{}");
        other.hintRaw("no JSON");
        other.hintRaw("{\"version\": 2, \"replica\": \"x\", \"jobs\": [\"" + job + "\"]}");
        assertHintsArrive();
    }

    @Test
    void otherReplicasAreTold() {
        other.awaitHint(job);
        processor.succeed(processor.start(processor.run(name)));
        other.awaitHint(job);
        caller.awaitState(job, "SUCCEEDED");
        String paused = caller.submit(NOOP, caller.upload("another " + name, "text"));
        other.awaitHint(paused);
        caller.wish(paused, "pause");
        other.awaitHint(paused);
        assertEquals(204, caller.request().delete("/v1/jobs/{id}", job).statusCode());
        other.awaitHint(job);
    }

    @Test
    void aLongPollIsAnsweredThoughTheHintIsLost() throws SQLException {
        String tag = tag();
        CompletableFuture<Response> poll = longPoll(tag);
        changeBehindItsBack(job);
        Response answer = answered(poll);
        assertEquals(200, answer.statusCode());
        assertNotEquals(tag, answer.header("ETag"));
    }

    @Test
    void aLongPollIsAnsweredWhenTheJobIsDeletedBehindItsBack() throws SQLException {
        CompletableFuture<Response> poll = longPoll(tag());
        execute("update job set delete_time = now() where id = '" + uuid(job) + "'");
        assertProblem(410, "GONE", answered(poll));
    }

    @Test
    void withoutABrokerWaitsEndAndHintsComeAgainAfterwards() throws SQLException {
        String tag = tag();
        CompletableFuture<Response> poll = longPoll(tag);
        LocalServices running = Objects.requireNonNull(services);
        running.broker().kill();
        try {
            changeBehindItsBack(job);
            Response answer = answered(poll);
            assertEquals(200, answer.statusCode());
            CompletableFuture<Response> next = longPoll(answer.header("ETag"));
            caller.wish(job, "pause");
            assertEquals("PAUSED", answered(next).path("state"));
        } finally {
            running.broker().startAgain();
        }
        other.awaitConnection();
        assertHintsArrive();
    }

    @Test
    void anOwnersFollowerIsCalledThoughTheHintIsLost() throws SQLException {
        AtomicInteger calls = new AtomicInteger();
        try (Following _ = changes.followOwner(caller.owner(), calls::incrementAndGet)) {
            awaitCall(calls, 1);
            int before = calls.get();
            execute(event(uuid(job), 1_000));
            awaitCall(calls, before + 1);
        }
    }

    /** The table is locked, so what is answered cannot have been read. */
    @Test
    void anUnchangedJobIsAffirmedWithoutAReadOfTheDatabase() {
        eventually(
                "an answer while nothing can be read",
                () -> {
                    String tag = tag();
                    Response answer = whileLocked(tag);
                    return answer != null && answer.statusCode() == 304 ? answer : null;
                });
    }

    /** Null when it was not answered in that time. */
    private @Nullable Response whileLocked(String tag) {
        CompletableFuture<Response> request = new CompletableFuture<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table job in access exclusive mode");
            request.completeAsync(() -> poll(caller, tag));
            try {
                return request.get(WHILE_LOCKED_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                return null;
            } finally {
                connection.rollback();
            }
        } catch (SQLException | ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsRememberedIsForItsOwnerAndForTheTagItselfOnly() {
        String tag = tag();
        assertEquals(304, poll(caller, tag).statusCode());
        assertProblem(404, "NOT_FOUND", poll(Caller.stranger(), tag));
        assertEquals(200, poll(caller, "W/\"1-0-0\"").statusCode());
        assertEquals(304, poll(caller, "W/\"1-0-0\", " + tag).statusCode());
    }

    @Test
    void aChangeMadeHereIsNeverAnsweredWithTheVersionBefore() {
        String tag = tag();
        assertEquals(304, poll(caller, tag).statusCode());
        Response wished = caller.tryWish(job, "pause");
        assertEquals(200, wished.statusCode(), wished.asString());
        String paused = wished.header("ETag");
        assertNotEquals(tag, paused);
        Response answer = poll(caller, tag);
        assertEquals(200, answer.statusCode());
        assertEquals("PAUSED", answer.path("state"));
        assertEquals(304, poll(caller, paused).statusCode());
    }

    @Test
    void aDeletedJobIsGoneEvenForThoseWhoHoldItsLastVersion() throws SQLException {
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
        String tag = tag();
        assertEquals(304, poll(caller, tag).statusCode());
        assertEquals(204, caller.request().delete("/v1/jobs/{id}", job).statusCode());
        assertProblem(410, "GONE", poll(caller, tag));
    }

    @Test
    void aJobDeletedBehindItsBackIsGoneSoon() throws SQLException {
        String tag = tag();
        assertEquals(304, poll(caller, tag).statusCode());
        execute("update job set delete_time = now() where id = '" + uuid(job) + "'");
        eventually("410", () -> poll(caller, tag).statusCode() == 410 ? true : null);
    }
}
