package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three replicas of the API on one database: whichever a client asks, it hears the same story.
 * System property {@code tidemill.jobs} makes it longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasE2E {
    /** Half of what the request is willing to wait: it must not be its end that brings the news. */
    private static final int PATIENCE_SECONDS = 30;

    private static final int JOBS = Integer.getInteger("tidemill.jobs", 60);
    private static final int CLIENTS = 30;
    private static final int REPLICAS = 3;
    private static final Map<String, String> ENVIRONMENT = Map.of("TIDEMILL_WORKER_SLOTS", "8");

    private Tidemill tidemill;
    private Api first;
    private Api second;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        tidemill =
                Tidemill.up(
                        folder.resolve("data"),
                        Tidemill.freePorts(REPLICAS),
                        ENVIRONMENT,
                        REPLICAS);
        String one = tidemill.urls().getFirst();
        String two = tidemill.urls().getLast();
        first = Api.at(ReplicasE2E.class, () -> one);
        second = Api.at(ReplicasE2E.class, () -> two);
    }

    @AfterAll
    void stop() {
        tidemill.close();
    }

    /** The path of a job. */
    private String submitted(int millis, Instant time, String... more) {
        String file = first.upload("a.txt", "text".getBytes(StandardCharsets.US_ASCII));
        Map<String, Integer> work = Map.of("durationMillis", millis);
        Submission submission = Submission.of(file).step("wait", "noop", work);
        for (String step : more) {
            submission.step(step, "noop", work, "wait");
        }
        return "/v1/jobs/" + first.submit(submission.at(time));
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

    /** Events are applied by whichever replica gets them; each job is followed at another. */
    @Test
    void everyStreamEndsAndNoPercentGoesBack() throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<StreamFollower>> all = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                int replica = i;
                all.add(clients.submit(() -> followOne(replica)));
            }
            for (Future<StreamFollower> client : all) {
                assertEquals(
                        List.of(),
                        client.get(Tidemill.PATIENCE.toSeconds() * JOBS, TimeUnit.SECONDS)
                                .breaches());
            }
        }
    }

    private StreamFollower followOne(int replica) {
        String path = submitted(200, Instant.now(), "second", "third");
        StreamFollower follower =
                new StreamFollower(
                        tidemill.urls(),
                        replica,
                        ReplicasE2E.class.getSimpleName(),
                        path + "/events");
        String job = path.substring(path.lastIndexOf('/') + 1);
        follower.followUntil(event -> event.name().equals("end"));
        assertEquals(100, follower.percent(job));
        return follower;
    }

    /** W/"format-sequence-progress". */
    private static long sequence(String tag) {
        return Long.parseLong(tag.split("-")[1]);
    }
}
