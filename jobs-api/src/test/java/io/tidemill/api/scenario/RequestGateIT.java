package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One replica handles so many requests and uploads at once and refuses the next, unread. */
@QuarkusTest
@TestProfile(TightProfile.class)
class RequestGateIT extends TightScenario {
    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final int MEBIBYTE = 1024 * 1024;

    private final Deque<OpenRequest> open = new ArrayDeque<>();

    @AfterEach
    void letGo() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        assertTrue(Wait.until(PATIENCE, () -> caller.get("/v1/pipelines").statusCode() == 200));
    }

    /** The server learns a moment later than the test that somebody has hung up. */
    @BeforeEach
    void awaitAllPlaces() {
        String nearlyAll = "x".repeat(TightProfile.UPLOAD_BYTES - MEBIBYTE / 2);
        assertTrue(Wait.until(PATIENCE, () -> uploadStatus(nearlyAll) == 201));
    }

    private void longPoll(String job, String etag) throws IOException {
        open.push(
                OpenRequest.of(
                        caller,
                        "GET /v1/jobs/" + job,
                        "If-None-Match: " + etag,
                        "Prefer: wait=60"));
    }

    /**
     * Waits until a read is answered: those who have just hung up may still hold up the database.
     */
    private String etag(String job) {
        AtomicReference<Response> answer = new AtomicReference<>();
        assertTrue(
                Wait.until(
                        PATIENCE,
                        () -> {
                            answer.set(caller.get("/v1/jobs/{id}", job));
                            return answer.get().statusCode() == 200;
                        }),
                () -> answer.get().asString());
        return answer.get().header("ETag");
    }

    private OpenRequest upload(String length) throws IOException {
        OpenRequest upload =
                OpenRequest.of(
                        caller, "POST /v1/files", "Content-Type: application/octet-stream", length);
        open.push(upload);
        return upload;
    }

    /** An upload that asks may have come first and taken the place of one that stays. */
    private void awaitFull(String length, String probe) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Wait.until(A_MOMENT, () -> uploadStatus(probe) == 503)) {
            assertTrue(System.nanoTime() < end, "there was always room");
            upload(length);
        }
    }

    private void hangUpOnUploads() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private static void assertOverloaded(Response response) {
        assertTrue(assertProblem(503, "OVERLOADED", response).getBoolean("retryable"));
        assertRetryAfter(response.header("Retry-After"));
    }

    private static void assertRetryAfter(String header) {
        int seconds = Integer.parseInt(header);
        assertTrue(seconds >= 1 && seconds <= 8, seconds + " s");
    }

    private static void assertOverloaded(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
        assertTrue(answer.contains("\"code\":\"OVERLOADED\""), answer);
        assertRetryAfter(answer.replaceAll("(?is).*\\nretry-after: (\\d+)\\r.*", "$1"));
    }

    /** Asks until the gate is as expected: what was just sent may not have arrived. */
    private void awaitStatus(int status) {
        assertTrue(Wait.until(PATIENCE, () -> caller.get("/v1/pipelines").statusCode() == status));
    }

    /** On a busy machine one or the other may be answered before the last has come. */
    private void holdAll(String job, String etag) throws IOException {
        while (open.size() < TightProfile.REQUESTS) {
            longPoll(job, etag);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (caller.get("/v1/pipelines").statusCode() != 503) {
            assertTrue(System.nanoTime() < end, "the places were never all taken");
            longPoll(job, etag);
        }
    }

    /** Hangs up on one after the other, until one is met that was still waiting. */
    private void hangUp() throws IOException {
        do {
            open.pop().close();
        } while (!Wait.until(A_MOMENT, () -> caller.get("/v1/pipelines").statusCode() == 200)
                && !open.isEmpty());
        awaitStatus(200);
    }

    @Test
    void requestsThatWaitTakeUpTheirPlaces() throws IOException {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        String etag = etag(job);
        holdAll(job, etag);

        assertOverloaded(caller.get("/v1/jobs/{id}", job));
        assertOverloaded(caller.post("/v1/jobs", Caller.submission(NOOP, "file_x")));
        assertOverloaded(caller.get("/v1/operations"));
        assertEquals(200, caller.get("/q/health/live").statusCode());
        assertEquals(200, caller.get("/q/health/ready").statusCode());
    }

    @Test
    void whoHangsUpMakesRoom() throws IOException {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        String etag = etag(job);
        for (int round = 0; round < 3; round++) {
            holdAll(job, etag);
            hangUp();
            letGo();
        }
    }

    @Test
    void answersThatCameMakeRoom() throws IOException {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        String etag = etag(job);
        holdAll(job, etag);
        processor.succeed(processor.start(processor.run(name)));
        int answered = 0;
        for (OpenRequest request : open) {
            answered += request.answer().startsWith("HTTP/1.1 200") ? 1 : 0;
        }
        assertTrue(answered > 0, "none of those that waited was answered");
        awaitStatus(200);
    }

    @Test
    void streamsThatAreHungUpOnMakeRoom() throws IOException {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        for (int i = 0; i < TightProfile.REQUESTS * 3; i++) {
            OpenRequest.of(
                            caller,
                            "GET /v1/jobs/" + job + "/results",
                            "Accept: application/x-ndjson")
                    .close();
        }
        String etag = etag(job);
        holdAll(job, etag);
        hangUp();
    }

    @Test
    void refusedRequestsTakeNoPlace() throws IOException {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        String etag = etag(job);
        holdAll(job, etag);
        for (int i = 0; i < 100; i++) {
            assertOverloaded(caller.post("/v1/jobs", Caller.submission(NOOP, "file_x")));
        }
        hangUp();
    }

    @Test
    void uploadsAreBoundedAndTheNextIsRefusedBeforeItIsSent() throws IOException {
        for (int i = 0; i < TightProfile.UPLOADS; i++) {
            upload("Content-Length: " + MEBIBYTE);
        }
        awaitFull("Content-Length: " + MEBIBYTE, "x");
        OpenRequest refused = upload("Content-Length: " + MEBIBYTE);
        assertOverloaded(refused.answer());
        assertTrue(refused.ends());
        assertEquals(200, caller.get("/v1/files").statusCode());

        hangUpOnUploads();
        assertTrue(Wait.until(PATIENCE, () -> uploadStatus("x") == 201));
    }

    @Test
    void theirBytesAreBounded() throws IOException {
        upload("Content-Length: " + 3 * MEBIBYTE);
        awaitFull("Content-Length: " + 3 * MEBIBYTE, "x".repeat(2 * MEBIBYTE));
        assertEquals(201, uploadStatus("x".repeat(MEBIBYTE / 2)));
        assertOverloaded(upload("Content-Length: " + 2 * MEBIBYTE).answer());
        hangUpOnUploads();
        assertTrue(Wait.until(PATIENCE, () -> uploadStatus("x".repeat(2 * MEBIBYTE)) == 201));
    }

    @Test
    void anUploadWithoutLengthCountsAsTheLargest() throws IOException {
        upload("Transfer-Encoding: chunked");
        awaitFull("Transfer-Encoding: chunked", "x");
        assertOverloaded(upload("Transfer-Encoding: chunked").answer());
        hangUpOnUploads();
        assertTrue(Wait.until(PATIENCE, () -> uploadStatus("x") == 201));
    }

    @Test
    void whoSendsALargeBodyAllTheSameReadsTheRefusal() throws IOException {
        upload("Content-Length: " + 3 * MEBIBYTE);
        awaitFull("Content-Length: " + 3 * MEBIBYTE, "x".repeat(2 * MEBIBYTE));
        for (int i = 0; i < 20; i++) {
            assertEquals(503, uploadStatus("x".repeat(6 * MEBIBYTE)));
        }
    }

    private int uploadStatus(String content) {
        return caller.request()
                .contentType("application/octet-stream")
                .header("Content-Disposition", "attachment; filename=\"a.txt\"")
                .body(content.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .post("/v1/files")
                .statusCode();
    }
}
