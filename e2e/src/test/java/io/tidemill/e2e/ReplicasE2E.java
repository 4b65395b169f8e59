package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tidemill.local.process.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the API on one database: whichever a client asks, it hears the same story. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasE2E {
    /** Half of what the request is willing to wait: it must not be its end that brings the news. */
    private static final int PATIENCE_SECONDS = 30;

    private Tidemill tidemill;
    private Api first;
    private Api second;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        tidemill = Tidemill.up(folder.resolve("data"), twoPorts(), Map.of(), 2);
        String one = tidemill.urls().getFirst();
        String two = tidemill.urls().getLast();
        first = Api.at(ReplicasE2E.class, () -> one);
        second = Api.at(ReplicasE2E.class, () -> two);
    }

    /** The second replica takes the next port. */
    private static int twoPorts() {
        return IntStream.generate(FreePort::find)
                .filter(port -> FreePort.isFree(port + 1))
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    void stop() {
        tidemill.close();
    }

    /** The path of a job. */
    private String submitted(int millis, Instant time) {
        String file = first.upload("a.txt", "text".getBytes(StandardCharsets.US_ASCII));
        Map<String, Integer> work = Map.of("durationMillis", millis);
        return "/v1/jobs/" + first.submit(Submission.of(file).step("wait", "noop", work).at(time));
    }

    private static RequestSpecification holding(Api api, String tag, int wait) {
        return api.request().header("If-None-Match", tag).header("Prefer", "wait=" + wait);
    }

    /** Its job is scheduled for later, so nothing but the cancel can be the news. */
    @Test
    void oneThatWaitsHearsWhatAnotherReplicaDid() {
        String path = submitted(1, Instant.now().plus(Duration.ofHours(1)));
        String tag = second.request().get(path).header("ETag");
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> holding(second, tag, 60).get(path));
        Api.json(first.request().noContentType().post(path + "/cancel"), 200);
        Response answer = waiting.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        assertEquals("CANCELLED", Api.json(answer, 200).path("state").asText());
    }

    @Test
    void whoAsksNowTheOneAndNowTheOtherNeverSeesAnOlderState() {
        String path = submitted(3_000, Instant.now());
        Response answer = first.request().get(path);
        String tag = answer.header("ETag");
        JsonNode job = Api.json(answer, 200);
        for (int turn = 0; !Api.hasEnded(job); turn++) {
            Api asked = turn % 2 == 0 ? second : first;
            Response next = holding(asked, tag, turn % 3 == 0 ? 1 : 0).get(path);
            if (next.statusCode() == 304) {
                assertEquals(tag, next.header("ETag"));
            } else {
                assertTrue(sequence(next.header("ETag")) >= sequence(tag), next::asString);
                tag = next.header("ETag");
                job = Api.json(next, 200);
            }
        }
        assertEquals("SUCCEEDED", job.path("state").asText());
    }

    /** W/"format-sequence-progress". */
    private static long sequence(String tag) {
        return Long.parseLong(tag.split("-")[1]);
    }
}
