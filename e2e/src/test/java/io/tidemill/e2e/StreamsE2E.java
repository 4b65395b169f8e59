package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The replica that serves a stream dies by {@code kill -9}, again and again, while jobs run; yet
 * every client sees every change of its jobs, once. System properties {@code tidemill.kills} and
 * {@code tidemill.streams} make it longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsE2E {
    private static final int KILLS = Integer.getInteger("tidemill.kills", 3);
    private static final int STREAMS = Integer.getInteger("tidemill.streams", 20);
    private static final int FOLLOWERS_OF_ALL = 2;
    private static final int STEPS = 4;
    private static final String OWNER = StreamsE2E.class.getSimpleName();
    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "TIDEMILL_WORKER_SLOTS",
                    "8",
                    "TIDEMILL_DISPATCH_RESEND_AFTER",
                    "5s",
                    "TIDEMILL_STREAM_PING",
                    "1s");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> ends = new ConcurrentHashMap<>();
    private Tidemill tidemill;
    private List<String> urls;
    private String file;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        tidemill = Tidemill.up(folder.resolve("data"), Tidemill.freePorts(2), ENVIRONMENT, 2);
        urls = tidemill.urls();
        file = upload();
    }

    @AfterAll
    void stop() {
        tidemill.close();
    }

    @Test
    void everyClientSeesEveryChangeOnceThoughReplicasDie() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch ready = new CountDownLatch(FOLLOWERS_OF_ALL);
            List<Future<StreamFollower>> all = new ArrayList<>();
            for (int i = 0; i < FOLLOWERS_OF_ALL; i++) {
                int first = i;
                all.add(clients.submit(() -> followAll(first, ready)));
            }
            assertTrue(ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            List<Future<Integer>> single = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                int first = i;
                single.add(clients.submit(() -> followJobs(first)));
            }
            try {
                for (int i = 0; i < KILLS; i++) {
                    tidemill.killReplica(i % 2);
                }
            } finally {
                enough.set(true);
            }
            int connections = 0;
            for (Future<Integer> client : single) {
                connections += client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            assertTrue(connections > ends.size(), connections + " for " + ends.size());
            for (Future<StreamFollower> client : all) {
                assertSawAll(client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReplicaThatIsToldToStopEndsItsStreamsInGoodOrder(HttpClient.Version version)
            throws Exception {
        String job = submit("stopped", 30_000, 1);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(urls.getFirst() + "/v1/jobs/" + job + "/events"))
                        .version(version)
                        .header("X-Tidemill-Owner", OWNER)
                        .build();
        HttpResponse<InputStream> response =
                http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        assertEquals(version, response.version());
        CompletableFuture<String> reading =
                CompletableFuture.supplyAsync(() -> readAll(response.body()));
        tidemill.stopReplica(0);
        String told = reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(told.contains("event: snapshot"), told);
        assertFalse(told.contains("event: end"), told);
    }

    /** What is not read when the connection goes is lost to this client, the end included. */
    private static String readAll(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends when every job has ended that was submitted. */
    private StreamFollower followAll(int first, CountDownLatch ready) {
        StreamFollower follower = new StreamFollower(urls, first, OWNER, "/v1/events");
        Set<String> ended = ConcurrentHashMap.newKeySet();
        follower.followUntil(
                event -> {
                    if (event.name().equals("ready")) {
                        ready.countDown();
                    } else if (event.name().equals("end")) {
                        ended.add(event.data().path("jobId").asText());
                    }
                    return enough.get() && open.isEmpty() && ended.containsAll(ends.keySet());
                });
        return follower;
    }

    private void assertSawAll(StreamFollower follower) {
        assertEquals(List.of(), follower.breaches());
        ends.forEach((job, end) -> assertEquals(end, follower.sequence(job), job));
    }

    /** One job after the other; gives back how many connections that took. */
    private int followJobs(int first) throws InterruptedException {
        int connections = 0;
        while (!enough.get()) {
            String key = UUID.randomUUID().toString();
            open.add(key);
            String job = submit(key, 300, STEPS);
            StreamFollower follower =
                    new StreamFollower(urls, first, OWNER, "/v1/jobs/" + job + "/events");
            follower.followUntil(event -> isOver(job, event));
            assertEquals(List.of(), follower.breaches());
            ends.put(job, follower.sequence(job));
            open.remove(key);
            connections += follower.connections();
        }
        return connections;
    }

    /** By its end, or by a first snapshot that shows that it has ended. */
    private static boolean isOver(String job, StreamFollower.Event event) {
        return event.name().equals("end")
                || (event.name().equals("snapshot")
                        && event.data().at("/job/id").asText().equals(job)
                        && event.data().at("/job/endTime").isTextual());
    }

    private String upload() throws InterruptedException {
        return send(
                        HttpRequest.newBuilder()
                                .header("Content-Type", "application/octet-stream")
                                .header(
                                        "Content-Disposition",
                                        "attachment; filename=\"followed.txt\"")
                                .POST(HttpRequest.BodyPublishers.ofString("followed")),
                        "/v1/files",
                        201)
                .path("id")
                .asText();
    }

    private String submit(String key, int millis, int steps) throws InterruptedException {
        Submission submission = Submission.of(file);
        for (int i = 0; i < steps; i++) {
            String[] needs = i == 0 ? new String[0] : new String[] {"step-" + (i - 1)};
            submission.step("step-" + i, "noop", Map.of("durationMillis", millis), needs);
        }
        return send(
                        HttpRequest.newBuilder()
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", key)
                                .POST(HttpRequest.BodyPublishers.ofString(submission.json())),
                        "/v1/jobs",
                        202)
                .path("id")
                .asText();
    }

    /** At whichever replica answers; the key keeps it from happening twice. */
    private JsonNode send(HttpRequest.Builder request, String path, int status)
            throws InterruptedException {
        request.header("X-Tidemill-Owner", OWNER);
        for (int i = 0; true; i++) {
            HttpResponse<String> answer =
                    answer(request.uri(URI.create(urls.get(i % urls.size()) + path)).build());
            if (answer != null && answer.statusCode() == status) {
                return Api.parse(answer.body());
            }
            assertTrue(
                    answer == null || answer.statusCode() == 503 || answer.statusCode() == 409,
                    () -> String.valueOf(answer));
            LockSupport.parkNanos(200_000_000);
        }
    }

    private @Nullable HttpResponse<String> answer(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException _) {
            return null;
        }
    }
}
