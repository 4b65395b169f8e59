package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.api.receiver.Receiver;
import io.tidemill.api.receiver.Receiver.Received;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Endpoints that are disabled, by whom or by what they answered, and what they hear then. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class WebhookDisablingIT extends WebhookScenario {
    private final Receiver receiver = receiver(Receiver.WELL);

    private static boolean waitsFor(JsonPath delivery, Duration least) {
        String next = delivery.getString("nextAttemptTime");
        return next != null && Instant.parse(next).isAfter(Instant.now().plus(least));
    }

    @Test
    void whoSaysGoneHearsNothingMore() {
        receiver.nowDoes(Receiver.status(410));
        String id = endpoint(receiver).getString("id");
        String delivery = test(id);
        JsonPath failed = awaitState(id, delivery, "FAILED");
        assertEquals("GONE", failed.getString("errorCode"));
        JsonPath endpoint = read(id);
        assertFalse(endpoint.getBoolean("enabled"));
        assertEquals("GONE", endpoint.getString("disabledReason"));
        assertEquals(1, receiver.received().size());
    }

    @Test
    void anEndpointThatIsDisabledIsToldOfAtTheOthers() throws GeneralSecurityException {
        Receiver gone = receiver(Receiver.status(410));
        Receiver unconcerned = receiver(Receiver.WELL);
        String id = endpoint(gone).getString("id");
        JsonPath other = endpoint(receiver, ", \"eventTypes\": [\"webhook.disabled\"]");
        endpoint(unconcerned, ", \"eventTypes\": [\"job.failed\"]");
        Receiver foreign = receiver(Receiver.WELL);
        endpoint(Caller.stranger(), foreign.url());
        awaitState(id, test(id), "FAILED");

        Received told = awaitReceived(receiver, _ -> true);
        assertEquals(
                signature(other.getString("secret"), told),
                told.headers().get("webhook-signature"));
        assertEquals("webhook.disabled", told.json().getString("type"));
        assertEquals(id, told.json().getString("data.endpointId"));
        assertEquals("GONE", told.json().getString("data.reason"));
        JsonPath link = Caller.ok(caller.get(told.json().getString("data.link")));
        assertEquals("GONE", link.getString("disabledReason"));
        awaitState(other.getString("id"), told.id(), "DELIVERED");

        caller.request().post(ENDPOINTS + "/{id}/enable", id);
        caller.request().post(ENDPOINTS + "/{id}/disable", id);
        test(other.getString("id"));
        awaitReceived(receiver, request -> "webhook.test".equals(request.json().get("type")));
        assertEquals(2, receiver.received().size(), "who disables it knows");
        assertEquals(List.of(), unconcerned.received());
        assertEquals(List.of(), foreign.received());
    }

    @Test
    void anEndpointThatFailsForTheWholeScheduleIsDisabled() {
        receiver.nowDoes(Receiver.status(503));
        String id = endpoint(receiver).getString("id");
        String delivery = test(id);
        JsonPath failed = awaitState(id, delivery, "FAILED");
        assertEquals(3, failed.getList("attempts").size());
        assertEquals("HTTP_STATUS", failed.getString("errorCode"));
        JsonPath endpoint = read(id);
        assertEquals("EXHAUSTED", endpoint.getString("disabledReason"));
    }

    @Test
    void anEndpointThatTakesOtherEventsStaysEnabled() {
        receiver.nowDoes(Receiver.status(503));
        String id = endpoint(receiver).getString("id");
        String refused = test(id);
        await(id, refused, now -> !now.getList("attempts").isEmpty());
        receiver.nowDoes(
                (request, out) ->
                        (request.id().equals(refused) ? Receiver.status(503) : Receiver.WELL)
                                .answer(request, out));
        String taken = test(id);
        awaitState(id, taken, "DELIVERED");
        awaitState(id, refused, "FAILED");
        assertTrue(read(id).getBoolean("enabled"));
    }

    @Test
    void whatHappensWhileItIsDisabledCanBeDeliveredLater() {
        String id = endpoint(receiver).getString("id");
        Instant before = Instant.now().minusSeconds(60);
        caller.request().post(ENDPOINTS + "/{id}/disable", id);
        String job = endedJob();
        JsonPath log = deliveries(id);
        assertEquals(List.of("FAILED"), log.getList("items.state"));
        assertEquals("ENDPOINT_DISABLED", log.getString("items[0].errorCode"));
        assertEquals(List.of(), receiver.received());

        caller.request().post(ENDPOINTS + "/{id}/enable", id);
        JsonPath answer = redeliver(id, Map.of("failedSince", before.toString())).jsonPath();
        assertEquals(1, answer.getInt("count"));
        assertFalse(answer.getBoolean("more"));
        awaitReceived(receiver, request -> isOf(request, job, "job.succeeded"));
    }

    @Test
    void whatWaitsForItsNextAttemptEndsWhenTheEndpointIsDisabled() {
        receiver.nowDoes(
                Receiver.answers(
                        "HTTP/1.1 503 Later\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n"));
        String id = endpoint(receiver).getString("id");
        String delivery = test(id);
        // The first attempt may find the receiver too slow on a busy machine.
        await(id, delivery, now -> waitsFor(now, Duration.ofSeconds(3_000)));
        caller.request().post(ENDPOINTS + "/{id}/disable", id);
        assertEquals(
                "ENDPOINT_DISABLED", awaitState(id, delivery, "FAILED").getString("errorCode"));
    }
}
