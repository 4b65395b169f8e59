package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static io.tidemill.api.scenario.Caller.submission;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
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
        List<Response> accepted = new ArrayList<>();
        for (Future<Response> answer : answers) {
            Response response = answer.get();
            if (response.statusCode() == 202) {
                accepted.add(response);
            } else {
                assertProblem(409, "REQUEST_IN_FLIGHT", response);
                assertEquals("1", response.header("Retry-After"));
            }
        }
        assertTrue(accepted.size() >= 1);
        assertEquals(
                1, accepted.stream().map(Response::asString).collect(Collectors.toSet()).size());
        assertEquals(1, jobs(caller));
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
