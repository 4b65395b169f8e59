package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.receiver.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Webhook endpoints, but for what is sent to them. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class WebhookEndpointIT extends WebhookScenario {
    private static final String URL = "https://example.com/hook";
    private final Caller stranger = Caller.stranger();

    @Test
    void theSecretIsShownOnceAndNeverAgain() {
        Response created =
                caller.post(
                        ENDPOINTS,
                        submission(
                                URL,
                                ", \"description\": \"billing\", \"eventTypes\": [\"job.failed\"]"));
        assertEquals(201, created.statusCode(), created.asString());
        String id = created.path("id");
        assertTrue(created.<String>path("secret").matches("whsec_[A-Za-z0-9+/]{43}="));
        assertEquals("/v1/webhook-endpoints/" + id, path(created.header("Location")));

        Response read = caller.get(ENDPOINTS + "/{id}", id);
        JsonPath endpoint = Caller.ok(read);
        assertEquals(created.header("ETag"), read.header("ETag"));
        assertNull(endpoint.getString("secret"));
        assertEquals(URL, endpoint.getString("url"));
        assertEquals("billing", endpoint.getString("description"));
        assertEquals(List.of("job.failed"), endpoint.getList("eventTypes"));
        assertTrue(endpoint.getBoolean("enabled"));
        assertFalse(endpoint.getBoolean("namedJobsOnly"));
        assertNull(Caller.ok(caller.get(ENDPOINTS)).getString("items[0].secret"));
    }

    private static String path(String location) {
        return location.substring(location.indexOf("/v1/"));
    }

    @Test
    void theSameKeyGetsTheSameEndpoint() {
        List<Response> answers = List.of(withKey(submission(URL)), withKey(submission(URL)));
        assertEquals(201, answers.getFirst().statusCode());
        assertEquals(answers.getFirst().asString(), answers.getLast().asString());
        assertEquals(1, Caller.ok(caller.get(ENDPOINTS)).getList("items").size());
        assertProblem(422, "IDEMPOTENCY_KEY_REUSED", withKey(submission(URL + "2")));
    }

    private Response withKey(String body) {
        return caller.request()
                .contentType("application/json")
                .header("Idempotency-Key", name)
                .body(body)
                .post(ENDPOINTS);
    }

    @Test
    void whatIsWrongIsSaidWithAPointer() {
        assertPointer("/url", submission("https://10.0.0.1/"));
        assertPointer("/url", submission("https://user@example.com/"));
        assertPointer("/eventTypes/0", submission(URL, ", \"eventTypes\": [\"job.born\"]"));
        assertPointer("/nme", submission(URL, ", \"nme\": 1"));
        assertPointer("/url", "{}");
        assertProblem(400, "MALFORMED_REQUEST", caller.post(ENDPOINTS, "{"));
        assertProblem(400, "MALFORMED_REQUEST", caller.post(ENDPOINTS, ""));
    }

    private void assertPointer(String pointer, String body) {
        JsonPath problem = assertProblem(422, "INVALID_REQUEST", caller.post(ENDPOINTS, body));
        assertEquals(pointer, problem.getString("errors[0].pointer"));
    }

    @Test
    void listsArePagedNewestFirst() {
        String first = endpoint(caller, URL).getString("id");
        String second = endpoint(caller, URL).getString("id");
        JsonPath page = Caller.ok(caller.get(ENDPOINTS + "?limit=1"));
        assertEquals(List.of(second), page.getList("items.id"));
        String cursor = page.getString("nextCursor");
        JsonPath next = Caller.ok(caller.get(ENDPOINTS + "?limit=1&cursor=" + cursor));
        assertEquals(List.of(first), next.getList("items.id"));
        assertNull(next.getString("nextCursor"));
        assertProblem(400, "MALFORMED_REQUEST", stranger.get(ENDPOINTS + "?cursor=" + cursor));
    }

    @Test
    void anOwnerHasAtMostSoMany() {
        for (int i = 0; i < LocalProfile.ENDPOINTS; i++) {
            endpoint(caller, URL);
        }
        assertProblem(409, "TOO_MANY_ENDPOINTS", caller.post(ENDPOINTS, submission(URL)));
        endpoint(stranger, URL);
    }

    @Test
    void rotationGivesAnotherSecret() {
        JsonPath created = endpoint(caller, URL);
        String id = created.getString("id");
        JsonPath rotated = Caller.ok(caller.request().post(ENDPOINTS + "/{id}/rotate-secret", id));
        assertNotEquals(created.getString("secret"), rotated.getString("secret"));
        assertTrue(rotated.getString("secret").startsWith("whsec_"));
        assertNotNull(read(id).getString("previousSecretExpireTime"));
    }

    @Test
    void disablingAndEnablingCanBeRepeated() {
        String id = endpoint(caller, URL).getString("id");
        for (int i = 0; i < 2; i++) {
            JsonPath disabled = Caller.ok(caller.request().post(ENDPOINTS + "/{id}/disable", id));
            assertFalse(disabled.getBoolean("enabled"));
            assertEquals("REQUESTED", disabled.getString("disabledReason"));
        }
        assertProblem(
                409, "ENDPOINT_DISABLED", caller.request().post(ENDPOINTS + "/{id}/test", id));
        assertProblem(
                409,
                "ENDPOINT_DISABLED",
                redeliver(id, Map.of("failedSince", "2026-01-01T00:00:00Z")));
        for (int i = 0; i < 2; i++) {
            JsonPath enabled = Caller.ok(caller.request().post(ENDPOINTS + "/{id}/enable", id));
            assertTrue(enabled.getBoolean("enabled"));
            assertNull(enabled.getString("disabledReason"));
        }
    }

    @Test
    void aForeignEndpointIsAnUnknownEndpoint() {
        String id = endpoint(caller, URL).getString("id");
        String unknown = TypeId.WEBHOOK_ENDPOINT.format(UUID.randomUUID());
        for (String call :
                List.of(
                        "GET /{id}",
                        "POST /{id}/disable",
                        "POST /{id}/enable",
                        "POST /{id}/rotate-secret",
                        "POST /{id}/test",
                        "GET /{id}/deliveries",
                        "GET /{id}/deliveries/delivery_01kc6w0m5zf8p9a2rj3n4q5s6t",
                        "DELETE /{id}")) {
            String[] parts = call.split(" ");
            for (String foreign :
                    List.of(id, unknown, "endpoint_x", "job_01kc6w0m5zf8p9a2rj3n4q5s6t")) {
                assertProblem(
                        404,
                        "NOT_FOUND",
                        stranger.request().request(parts[0], ENDPOINTS + parts[1], foreign));
            }
        }
        assertProblem(
                404,
                "NOT_FOUND",
                stranger.post(
                        ENDPOINTS + "/" + id + "/redeliver",
                        "{\"failedSince\": \"2026-01-01T00:00:00Z\"}"));
        assertEquals(List.of(), Caller.ok(stranger.get(ENDPOINTS)).getList("items"));
        assertEquals(id, read(id).getString("id"));
    }

    @Test
    void whatWasDeletedIsUnknown() {
        String id = endpoint(caller, URL).getString("id");
        assertEquals(204, caller.request().delete(ENDPOINTS + "/{id}", id).statusCode());
        assertProblem(404, "NOT_FOUND", caller.request().delete(ENDPOINTS + "/{id}", id));
        assertProblem(404, "NOT_FOUND", caller.get(ENDPOINTS + "/{id}", id));
    }

    @Test
    void aJobCannotNameAnEndpointOfSomebodyElse() {
        String foreign = endpoint(stranger, URL).getString("id");
        String file = caller.upload(name, "text");
        for (String id : List.of(foreign, TypeId.WEBHOOK_ENDPOINT.format(UUID.randomUUID()))) {
            String body = Caller.submission(NOOP, file);
            Response response =
                    caller.post(
                            "/v1/jobs",
                            body.substring(0, body.length() - 1)
                                    + ", \"webhook\": \""
                                    + id
                                    + "\"}");
            JsonPath problem = assertProblem(422, "INVALID_REQUEST", response);
            assertEquals("/webhook", problem.getString("errors[0].pointer"));
        }
        assertEquals(List.of(), Caller.ok(caller.get("/v1/jobs")).getList("items"));
    }

    @Test
    void oddRequestsForRedeliveryAreRefused() {
        String id = endpoint(caller, URL).getString("id");
        for (Map<String, String> body :
                List.of(
                        Map.<String, String>of(),
                        Map.of("failedSince", "yesterday"),
                        Map.of("failedSince", "+999999999-01-01T00:00:00Z"),
                        Map.of("deliveryId", "delivery_01kc6w0m5zf8p9a2rj3n4q5s6t"),
                        Map.of("deliveryId", "x"),
                        Map.of(
                                "deliveryId",
                                "delivery_01kc6w0m5zf8p9a2rj3n4q5s6t",
                                "failedSince",
                                "2026-01-01T00:00:00Z"))) {
            assertProblem(422, "INVALID_REQUEST", redeliver(id, body));
        }
        assertProblem(
                400,
                "MALFORMED_REQUEST",
                caller.get(ENDPOINTS + "/{id}/deliveries?state=LOST", id));
        assertProblem(
                400,
                "MALFORMED_REQUEST",
                caller.get(ENDPOINTS + "/{id}/deliveries?eventType=x", id));
        assertProblem(
                400, "MALFORMED_REQUEST", caller.get(ENDPOINTS + "/{id}/deliveries?cursor=x", id));
    }

    @Test
    void theIdOfADeliveryBeginsWithItsTimeAsAllIdsDo() {
        String endpoint = endpoint(receiver(Receiver.WELL)).getString("id");
        String id = test(endpoint);
        Instant created =
                Instant.parse(awaitState(endpoint, id, "DELIVERED").getString("createTime"));
        UUID uuid = TypeId.WEBHOOK_DELIVERY.parse(id).orElseThrow();
        assertEquals(7, uuid.version());
        assertEquals(2, uuid.variant());
        Instant told = Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16);
        assertEquals(created.toEpochMilli(), told.toEpochMilli(), Duration.ofMinutes(1).toMillis());
    }
}
