package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.tidemill.api.scenario.EventSource.Event;
import io.tidemill.api.scenario.SocketClient.Frame;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same events as on other streams, for many subscriptions over one socket. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class WebSocketIT extends Scenario {

    private String submit(String file) {
        return caller.submit(NOOP, caller.upload(file, "a"));
    }

    private void run(String file) {
        var execution = processor.start(processor.run(file));
        processor.awaitApplied();
        processor.succeed(execution);
    }

    private static String ofJob(String id, String job) {
        return "{\"type\":\"subscribe\",\"id\":\"%s\",\"jobId\":\"%s\"}".formatted(id, job);
    }

    private static String ofJob(String id, String job, String after) {
        return "{\"type\":\"subscribe\",\"id\":\"%s\",\"jobId\":\"%s\",\"after\":%s}"
                .formatted(id, job, after);
    }

    private static void assertError(int status, Frame frame) {
        assertEquals("error", frame.type(), frame.text());
        assertEquals(status, frame.json().getInt("error.status"), frame.text());
    }

    @Test
    void aJobIsToldAsOverServerSentEvents() {
        String job = submit(name);
        try (SocketClient socket = new SocketClient(caller);
                EventSource source = EventSource.ofJob(caller, job)) {
            socket.send(ofJob("a", job));
            Frame subscribed = socket.next();
            assertEquals("subscribed", subscribed.type());
            assertEquals("a", subscribed.of());
            Frame snapshot = socket.next();
            assertEquals("snapshot", snapshot.type());
            assertEquals(job, snapshot.json().getString("snapshot.job.id"));
            assertEquals(source.must().id(), snapshot.json().getString("id"));
            run(name);
            for (Event event : source.rest()) {
                Frame frame = socket.nextChange();
                assertEquals(event.name(), frame.type());
                assertEquals("a", frame.of());
                assertEquals(event.id(), frame.json().getString("id"));
                assertEquals(event.json().<Object>get(), frame.json().<Object>get("change"));
            }
            Frame over = socket.next();
            assertEquals("unsubscribed", over.type());
            assertEquals("a", over.of());

            socket.send(ofJob("again", job, "1"));
            assertEquals("subscribed", socket.next().type());
            assertEquals(2, socket.next().sequence());
            List<Frame> rest = socket.until(frame -> frame.type().equals("unsubscribed"));
            String last = rest.get(rest.size() - 2).json().getString("id");
            socket.send(ofJob("again", job, '"' + last + '"'));
            assertEquals("subscribed", socket.next().type());
            assertEquals("unsubscribed", socket.next().type());
        }
    }

    @Test
    void progressIsToldWithoutId() {
        String job = submit(name);
        try (SocketClient socket = new SocketClient(caller)) {
            socket.send(ofJob("a", job));
            var execution = processor.start(processor.run(name));
            processor.progress(execution, 40, "going on", null);
            Frame progress = socket.until(f -> f.type().equals("progress")).getLast();
            assertEquals(40, progress.json().getInt("progress.percent"));
            assertNull(progress.json().getString("id"));
            processor.succeed(execution);
            socket.until(frame -> frame.type().equals("end"));
        }
    }

    @Test
    void manySubscriptionsShareASocketAndCanEnd() {
        String other = UUID.randomUUID() + ".txt";
        String first = submit(name);
        String second = submit(other);
        try (SocketClient socket = new SocketClient(caller)) {
            socket.send(ofJob("one", first));
            socket.send(ofJob("two", second));
            socket.until(frame -> frame.type().equals("snapshot"));
            socket.until(frame -> frame.type().equals("snapshot"));
            socket.send("{\"type\":\"unsubscribe\",\"id\":\"one\"}");
            assertEquals("one", socket.until(f -> f.type().equals("unsubscribed")).getLast().of());
            run(name);
            run(other);
            List<Frame> rest = socket.until(frame -> frame.type().equals("end"));
            assertTrue(rest.stream().allMatch(frame -> frame.of().equals("two")), rest::toString);
        }
    }

    @Test
    void jobsCanBeChosenByLabelAndState() {
        String other = UUID.randomUUID() + ".txt";
        String job = submit(name);
        String file = caller.upload(other, "a");
        String labelled =
                caller.post(
                                "/v1/jobs",
                                Caller.submission(NOOP, file)
                                        .replaceFirst("\\{", "{\"labels\": {\"k\": \"v\"}, "))
                        .path("id");
        try (SocketClient socket = new SocketClient(caller)) {
            socket.send(
                    "{\"type\":\"subscribe\",\"id\":\"l\",\"labels\":[\"k:v\"],\"states\":[\"RUNNING\",\"SUCCEEDED\"]}");
            List<Frame> start = socket.until(frame -> frame.type().equals("ready"));
            assertEquals(2, start.size());
            String position = start.getLast().json().getString("id");
            run(name);
            run(other);
            List<Frame> told = socket.until(frame -> frame.type().equals("end"));
            assertTrue(
                    told.stream()
                            .allMatch(f -> labelled.equals(f.json().getString("change.jobId"))),
                    told::toString);
            socket.send("{\"type\":\"subscribe\",\"id\":\"all\",\"after\":\"" + position + "\"}");
            assertEquals("subscribed", socket.next().type());
            List<String> ended =
                    Stream.of(1, 2)
                            .map(_ -> socket.until(f -> f.type().equals("end")).getLast())
                            .map(frame -> frame.json().getString("change.jobId"))
                            .sorted()
                            .toList();
            assertEquals(Stream.of(job, labelled).sorted().toList(), ended);
        }
    }

    @Test
    void foreignAndUnknownJobsLookAlikeToEachSubscription() {
        String job = submit(name);
        try (SocketClient socket = new SocketClient(Caller.stranger())) {
            for (String id : List.of(job, "job_00000000000000000000000000", "nonsense")) {
                socket.send(ofJob("a", id));
                Frame refused = socket.next();
                assertError(404, refused);
                assertEquals("a", refused.of());
                socket.send(ofJob("a", id, "1"));
                assertError(404, socket.next());
            }
            socket.send("{\"type\":\"subscribe\",\"id\":\"all\"}");
            assertEquals("subscribed", socket.next().type());
            assertEquals(0, socket.next().json().getInt("ready.jobs"));
        }
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredByAProblemAndTheSocketStays() {
        String job = submit(name);
        try (SocketClient socket = new SocketClient(caller)) {
            for (String frame :
                    List.of(
                            "",
                            "null",
                            "{",
                            "[]",
                            "7",
                            "{}",
                            "{\"type\":\"subscribe\"}",
                            "{\"type\":\"subscribe\",\"id\":\"\"}",
                            "{\"type\":\"dance\",\"id\":\"a\"}",
                            "{\"type\":\"subscribe\",\"id\":\"a\",\"colour\":1}",
                            "{\"type\":\"subscribe\",\"id\":\"a\",\"states\":[\"GREEN\"]}",
                            "{\"type\":\"subscribe\",\"id\":\"a\",\"states\":[null]}",
                            "{\"type\":\"subscribe\",\"id\":\"a\",\"labels\":[\"x\"]}",
                            "{\"type\":\"subscribe\",\"id\":\"a\",\"labels\":[null]}",
                            "{\"type\":\"subscribe\",\"id\":\"a\",\"after\":\"12\"}",
                            "{\"type\":\"unsubscribe\",\"id\":\"a\"}",
                            "{\"type\":\"subscribe\",\"id\":\"" + "x".repeat(101) + "\"}",
                            ofJob("a", job, "\"x\""),
                            ofJob("a", job, "-1"),
                            ofJob("a", job).replace("}", ",\"labels\":[]}"))) {
                socket.send(frame);
                assertError(400, socket.next());
            }
            socket.send(ofJob("a", job));
            socket.until(frame -> frame.type().equals("snapshot"));
            socket.send(ofJob("a", job));
            assertError(400, socket.next());
        }
    }

    @Test
    void aHundredSubscriptionsAreEnough() {
        String job = submit(name);
        try (SocketClient socket = new SocketClient(caller)) {
            for (int i = 0; i < 100; i++) {
                socket.send(ofJob("s" + i, job));
                socket.until(frame -> frame.type().equals("snapshot"));
            }
            socket.send(ofJob("one-more", job));
            assertError(400, socket.next());
            socket.send("{\"type\":\"unsubscribe\",\"id\":\"s7\"}");
            socket.until(frame -> frame.type().equals("unsubscribed"));
            socket.send(ofJob("one-more", job));
            assertEquals("subscribed", socket.next().type());
        }
    }

    @Test
    void framesThatAreTooLongOrBinaryEndItWithAReason() {
        try (SocketClient socket = new SocketClient(caller)) {
            socket.send("x".repeat(64 * 1024 + 1));
            assertEquals(1009, socket.closeCode());
        }
        try (SocketClient socket = new SocketClient(caller)) {
            socket.sendBinary();
            assertEquals(1003, socket.closeCode());
        }
    }

    @Test
    void aSilentSocketShowsThatItIsAlive() {
        try (SocketClient socket = new SocketClient(caller)) {
            socket.awaitPing();
            socket.awaitPing();
        }
    }

    @Test
    void pagesOfOtherOriginsAndOrdinaryRequestsAreRefused() {
        CompletionException refused =
                assertThrows(
                        CompletionException.class,
                        () -> new SocketClient(caller, "Origin", "https://elsewhere.example"));
        assertTrue(
                refused.getCause() instanceof WebSocketHandshakeException handshake
                        && handshake.getResponse().statusCode() == 403,
                refused::toString);
        JsonPath answer =
                RestAssured.given()
                        .header("X-Tidemill-Owner", caller.owner())
                        .get("/v1/ws")
                        .jsonPath();
        assertEquals("MALFORMED_REQUEST", answer.getString("code"));
        String own = "http://localhost:" + RestAssured.port;
        try (SocketClient socket = new SocketClient(caller, "Origin", own)) {
            socket.send("{");
            assertError(400, socket.next());
        }
    }
}
