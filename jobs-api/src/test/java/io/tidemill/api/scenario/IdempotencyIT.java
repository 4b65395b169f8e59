package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static io.tidemill.api.scenario.Caller.submission;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tidemill.api.id.TypeId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request twice is one request. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class IdempotencyIT extends Scenario {
    private final String key = UUID.randomUUID().toString();

    private static Response submit(Caller caller, String key, String body) {
        return caller.request()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/v1/jobs");
    }

    private static int jobs(Caller caller) {
        return Caller.ok(caller.get("/v1/jobs")).getList("items").size();
    }

    @Test
    void theFirstAnswerIsGivenAgainEvenWhenTheJobHasMovedOn() {
        String body = submission(NOOP, caller.upload(name, "a"));
        Response first = submit(caller, key, body);
        assertEquals(202, first.statusCode());
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(first.path("id"), "SUCCEEDED");

        Response again = submit(caller, key, body);
        assertEquals(202, again.statusCode());
        assertEquals(first.asString(), again.asString());
        assertEquals(first.header("Location"), again.header("Location"));
        assertEquals(first.header("ETag"), again.header("ETag"));
        assertEquals(1, jobs(caller));
    }

    @Test
    void theSameRequestWrittenDifferentlyIsTheSame() {
        String file = caller.upload(name, "a");
        Response first = submit(caller, key, submission(NOOP, file));
        Response again = submit(caller, key, submission(NOOP, file).replace(" ", "\n  "));
        assertEquals(first.asString(), again.asString());
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        String file = caller.upload(name, "a");
        assertEquals(202, submit(caller, key, submission(NOOP, file)).statusCode());
        assertProblem(
                422,
                "IDEMPOTENCY_KEY_REUSED",
                submit(caller, key, submission("[{\"operation\": \"inspect\"}]", file)));
        assertEquals(1, jobs(caller));
    }

    @Test
    void theKeyOfAnotherOwnerIsAnotherKey() {
        Caller other = Caller.stranger();
        Response mine = submit(caller, key, submission(NOOP, caller.upload(name, "a")));
        Response theirs = submit(other, key, submission(NOOP, other.upload(name, "a")));
        assertEquals(202, theirs.statusCode());
        assertNotEquals(mine.<String>path("id"), theirs.<String>path("id"));
    }

    @Test
    void aRefusedSubmissionDoesNotUseUpItsKey() {
        String file = caller.upload(name, "a");
        assertEquals(
                422,
                submit(caller, key, submission("[{\"operation\": \"thumbnail\"}]", file))
                        .statusCode());
        assertEquals(202, submit(caller, key, submission(NOOP, file)).statusCode());
    }

    @Test
    void manyAtTheSameTimeMakeOneJob() throws Exception {
        String body = submission(NOOP, caller.upload(name, "a"));
        int many = 8;
        CyclicBarrier together = new CyclicBarrier(many);
        List<Future<Response>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            for (int i = 0; i < many; i++) {
                answers.add(
                        threads.submit(
                                () -> {
                                    together.await();
                                    return submit(caller, key, body);
                                }));
            }
        }
        Set<String> different = new HashSet<>();
        for (Future<Response> answer : answers) {
            assertEquals(202, answer.get().statusCode());
            different.add(answer.get().asString());
        }
        assertEquals(1, different.size());
        assertEquals(1, jobs(caller));
    }

    @Test
    void whoComesWhileTheFirstIsCommittedGetsItsAnswer() throws Exception {
        String body = submission(NOOP, caller.upload(name, "a"));
        Response first = submit(caller, key, body);
        String late = UUID.randomUUID().toString();
        Response second = whileCommitting(late, () -> submit(caller, late, body));
        assertEquals(202, second.statusCode());
        assertEquals(first.asString(), second.asString());
        assertEquals(1, jobs(caller));
    }

    /** Who writes by several statements cannot look again in between. */
    @Test
    void anUploadThatComesWhileAJobIsCommittedUnderItsKeyIsInFlight() throws Exception {
        submit(caller, key, submission(NOOP, caller.upload(name, "a")));
        String late = UUID.randomUUID().toString();
        Response second = whileCommitting(late, () -> upload(late, "bytes"));
        assertProblem(409, "REQUEST_IN_FLIGHT", second);
        assertProblem(422, "IDEMPOTENCY_KEY_REUSED", upload(late, "bytes"));
    }

    /**
     * What comes of a call that finds the answer to {@code key} written under another key, but not
     * yet committed.
     */
    private Response whileCommitting(String late, Callable<Response> call) throws Exception {
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    """
                    insert into idempotency_key (owner, key, request_hash, status, location, etag, body)
                    select owner, '%s', request_hash, status, location, etag, body from idempotency_key where key = '%s'"""
                            .formatted(late, key));
            Future<Response> second = threads.submit(call);
            eventually("the second to wait for the first", this::waiting);
            assertFalse(second.isDone());
            connection.commit();
            return second.get();
        }
    }

    /** Null when no statement waits for another transaction to end. */
    private @Nullable String waiting() {
        try {
            String waiting =
                    query(
                            "select count(*) from pg_locks where locktype = 'transactionid' and not granted");
            return waiting.equals("0") ? null : waiting;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whileAnotherIsAtItAnUploadAndALargeJobAreInFlight() throws Exception {
        String large = large(caller.upload(name, "a"));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "select pg_advisory_xact_lock(hashtextextended('%s/%s', 7))"
                            .formatted(caller.owner(), key));
            for (Response response : List.of(submit(caller, key, large), upload("bytes"))) {
                assertProblem(409, "REQUEST_IN_FLIGHT", response);
                assertEquals("1", response.header("Retry-After"));
            }
            connection.rollback();
        }
        assertEquals(0, jobs(caller));
        Response first = submit(caller, key, large);
        assertEquals(202, first.statusCode());
        assertEquals(first.asString(), submit(caller, key, large).asString());
        assertEquals(1, jobs(caller));
    }

    /** More tasks than are written by one statement; of one file, the others do not exist. */
    private static String large(String file) {
        return submission(
                NOOP,
                IntStream.range(0, 4_500)
                        .mapToObj(i -> i == 0 ? file : TypeId.FILE.format(new UUID(i, i)))
                        .toArray(String[]::new));
    }

    @Test
    void anUploadTooTakesEffectOnce() {
        Response first = upload("same bytes");
        Response again = upload("same bytes");
        assertEquals(201, first.statusCode());
        assertEquals(first.asString(), again.asString());
        assertEquals(first.header("Location"), again.header("Location"));
        assertEquals(1, Caller.ok(caller.get("/v1/files")).getList("items").size());
        assertProblem(422, "IDEMPOTENCY_KEY_REUSED", upload("other bytes"));
    }

    private Response upload(String content) {
        return upload(key, content);
    }

    private Response upload(String key, String content) {
        return caller.request()
                .header("Idempotency-Key", key)
                .contentType("application/octet-stream")
                .body(content.getBytes(StandardCharsets.UTF_8))
                .post("/v1/files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "ümlaut"})
    void aKeyThatIsNoneIsMalformed(String odd) {
        String body = submission(NOOP, caller.upload(name, "a"));
        assertProblem(400, "MALFORMED_REQUEST", submit(caller, odd, body));
        assertProblem(400, "MALFORMED_REQUEST", submit(caller, "x".repeat(256), body));
        assertEquals(202, submit(caller, "x".repeat(255), body).statusCode());
    }
}
