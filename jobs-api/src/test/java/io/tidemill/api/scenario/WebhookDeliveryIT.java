package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.api.receiver.Receiver;
import io.tidemill.api.receiver.Receiver.Received;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What arrives at the receivers of webhooks, and what the log says about it. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class WebhookDeliveryIT extends WebhookScenario {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Failure BAD_FILE = FailureCode.INVALID_INPUT.because("It is no text.");
    private final Receiver receiver = receiver(Receiver.WELL);

    @Test
    void theEndOfAJobIsTold() throws GeneralSecurityException {
        JsonPath endpoint = endpoint(receiver);
        String job =
                endedJob(
                        ", \"labels\": {\"customer\": \"acme:x\"}, \"clientReference\": \"ö-4711\"");

        Received request = awaitReceived(receiver, _ -> true);
        assertEquals("POST /hook HTTP/1.1", request.line());
        assertEquals("127.0.0.1:" + receiver.port(), request.headers().get("host"));
        assertEquals("application/json", request.headers().get("content-type"));
        assertNull(request.headers().get("cookie"));
        assertEquals(
                signature(endpoint.getString("secret"), request),
                request.headers().get("webhook-signature"));
        long age =
                Instant.now().getEpochSecond()
                        - Long.parseLong(request.headers().get("webhook-timestamp"));
        assertTrue(age >= 0 && age < 300);

        JsonPath body = request.json();
        assertEquals("job.succeeded", body.getString("type"));
        assertTrue(Instant.parse(body.getString("timestamp")).isBefore(Instant.now()));
        assertEquals(job, body.getString("data.jobId"));
        assertEquals("SUCCEEDED", body.getString("data.state"));
        assertEquals(1, body.getInt("data.generation"));
        assertEquals("ö-4711", body.getString("data.clientReference"));
        assertEquals(Map.of("customer", "acme:x"), body.getMap("data.labels"));
        assertEquals(200, caller.get(body.getString("data.link")).statusCode());

        String id = endpoint.getString("id");
        JsonPath delivery = awaitState(id, request.id(), "DELIVERED");
        assertEquals(job, delivery.getString("jobId"));
        assertEquals(body.getLong("data.sequence"), delivery.getLong("sequence"));
        assertEquals(204, delivery.getInt("attempts[0].status"));
        assertNull(delivery.getString("attempts[0].errorCode"));
        assertNull(delivery.getString("nextAttemptTime"));
        assertEquals(1, receiver.received().size());
    }

    @Test
    void theTraceOfTheJobGoesOn() {
        endpoint(receiver);
        String file = caller.upload(name, "text");
        caller.request()
                .contentType("application/json")
                .header("traceparent", TRACE)
                .body(Caller.submission(NOOP, file))
                .post("/v1/jobs");
        processor.succeed(processor.start(processor.run(name)));
        assertEquals(TRACE, awaitReceived(receiver, _ -> true).headers().get("traceparent"));
    }

    @Test
    void aTestIsSentWhateverTheEventTypes() {
        String id = endpoint(receiver, ", \"eventTypes\": [\"job.expired\"]").getString("id");
        String delivery = test(id);
        Received request = awaitReceived(receiver, _ -> true);
        assertEquals(delivery, request.id());
        assertEquals("webhook.test", request.json().getString("type"));
        assertEquals(id, request.json().getString("data.endpointId"));
        awaitState(id, delivery, "DELIVERED");
    }

    @Test
    void everyKindOfEndIsToldToThoseWhoWantIt() {
        String failed = endpoint(receiver, ", \"eventTypes\": [\"job.failed\"]").getString("id");
        String rest =
                endpoint(
                                receiver,
                                ", \"eventTypes\": [\"job.cancelled\", \"job.expired\", \"job.succeeded\"]")
                        .getString("id");
        String cancelled = caller.submit(NOOP, caller.upload(name, "text"));
        caller.wish(cancelled, "cancel");
        awaitReceived(receiver, request -> isOf(request, cancelled, "job.cancelled"));
        String file = caller.upload(name + 2, "text");
        String body = Caller.submission(NOOP, file);
        String expired =
                caller.post(
                                "/v1/jobs",
                                body.substring(0, body.length() - 1)
                                        + ", \"deadline\": \""
                                        + Instant.now().plusMillis(1_500)
                                        + "\"}")
                        .path("id");
        awaitReceived(receiver, request -> isOf(request, expired, "job.expired"));
        String lost = caller.submit(NOOP, caller.upload(name + 3, "text"));
        processor.fail(processor.start(processor.run(name + 3)), BAD_FILE);
        awaitReceived(receiver, request -> isOf(request, lost, "job.failed"));
        assertEquals(List.of("job.failed"), deliveries(failed).getList("items.eventType"));
        assertEquals(
                List.of("job.expired", "job.cancelled"),
                deliveries(rest).getList("items.eventType"));
        assertEquals(
                List.of("job.expired"),
                Caller.ok(caller.get(ENDPOINTS + "/{id}/deliveries?eventType=job.expired", rest))
                        .getList("items.eventType"));
    }

    @Test
    void someEndpointsHearOnlyOfJobsThatNameThem() {
        Receiver other = receiver(Receiver.WELL);
        String all = endpoint(receiver).getString("id");
        String named = endpoint(other, ", \"namedJobsOnly\": true").getString("id");
        endedJob();
        awaitReceived(receiver, _ -> true);
        String job = endedJob(", \"webhook\": \"" + named + '"');
        awaitReceived(other, request -> isOf(request, job, "job.succeeded"));
        awaitReceived(receiver, request -> isOf(request, job, "job.succeeded"));
        assertEquals(2, deliveries(all).getList("items").size());
        assertEquals(List.of(job), deliveries(named).getList("items.jobId"));
    }

    @Test
    void othersHearNothing() {
        Receiver foreign = receiver(Receiver.WELL);
        String id = endpoint(Caller.stranger(), foreign.url()).getString("id");
        endpoint(receiver);
        endedJob();
        awaitReceived(receiver, _ -> true);
        assertEquals(List.of(), foreign.received());
        assertEquals(404, caller.get(ENDPOINTS + "/{id}/deliveries", id).statusCode());
    }

    @Test
    void aJobThatEndsAgainIsToldAgain() {
        endpoint(receiver);
        String job = caller.submit(NOOP, caller.upload(name, "text"));
        processor.fail(processor.start(processor.run(name)), BAD_FILE);
        Received first = awaitReceived(receiver, request -> isOf(request, job, "job.failed"));
        caller.wish(job, "retry");
        processor.succeed(processor.start(processor.run(name, 2)));
        Received second = awaitReceived(receiver, request -> isOf(request, job, "job.succeeded"));
        assertNotEquals(first.id(), second.id());
        assertEquals(2, second.json().getInt("data.generation"));
        assertTrue(second.json().getLong("data.sequence") > first.json().getLong("data.sequence"));
    }

    @Test
    void duringARotationBothSecretsSign() throws GeneralSecurityException {
        JsonPath endpoint = endpoint(receiver);
        String id = endpoint.getString("id");
        String fresh =
                Caller.ok(caller.request().post(ENDPOINTS + "/{id}/rotate-secret", id))
                        .getString("secret");
        String delivery = test(id);
        Received request = awaitReceived(receiver, got -> got.id().equals(delivery));
        assertEquals(
                signature(fresh, request) + " " + signature(endpoint.getString("secret"), request),
                request.headers().get("webhook-signature"));
    }

    @Test
    void afterTheOverlapOnlyTheNewSecretSigns() throws GeneralSecurityException, SQLException {
        String id = endpoint(receiver).getString("id");
        String fresh =
                Caller.ok(caller.request().post(ENDPOINTS + "/{id}/rotate-secret", id))
                        .getString("secret");
        execute("update webhook_endpoint set previous_secret_expire_time = now()");
        String delivery = test(id);
        Received request = awaitReceived(receiver, got -> got.id().equals(delivery));
        assertEquals(signature(fresh, request), request.headers().get("webhook-signature"));
        assertNull(read(id).getString("previousSecretExpireTime"));
    }

    @Test
    void aFailedAttemptIsRepeatedUnderTheSameIdWithTheSameBody() {
        receiver.nowDoes(Receiver.status(500));
        String id = endpoint(receiver).getString("id");
        String delivery = test(id);
        await(id, delivery, now -> !now.getList("attempts").isEmpty());
        receiver.nowDoes(Receiver.WELL);
        JsonPath done = awaitState(id, delivery, "DELIVERED");
        assertEquals(500, done.getInt("attempts[0].status"));
        assertEquals("HTTP_STATUS", done.getString("attempts[0].errorCode"));
        assertEquals(204, done.getInt("attempts[-1].status"));
        List<Received> all = receiver.received();
        assertTrue(all.size() >= 2);
        assertEquals(1, all.stream().map(Received::id).distinct().count());
        assertEquals(1, all.stream().map(Received::body).distinct().count());
    }

    @Test
    void aDeliveryThatArrivedCanBeSentOnceMore() {
        String id = endpoint(receiver).getString("id");
        String delivery = test(id);
        awaitState(id, delivery, "DELIVERED");
        assertEquals(202, redeliver(id, Map.of("deliveryId", delivery)).statusCode());
        JsonPath again =
                await(
                        id,
                        delivery,
                        now ->
                                "DELIVERED".equals(now.getString("state"))
                                        && now.getList("attempts").size() == 2);
        assertEquals(List.of(1, 2), again.getList("attempts.number"));
        List<Received> all = receiver.received();
        assertEquals(2, all.size());
        assertEquals(all.getFirst().body(), all.getLast().body());
        assertEquals(all.getFirst().id(), all.getLast().id());
    }

    @Test
    void theLogIsPagedNewestFirst() {
        String id = endpoint(receiver).getString("id");
        List<String> tests = List.of(test(id), test(id), test(id));
        tests.forEach(delivery -> awaitState(id, delivery, "DELIVERED"));
        JsonPath page = Caller.ok(caller.get(ENDPOINTS + "/{id}/deliveries?limit=2", id));
        assertEquals(List.of(tests.get(2), tests.get(1)), page.getList("items.id"));
        String cursor = page.getString("nextCursor");
        JsonPath next =
                Caller.ok(caller.get(ENDPOINTS + "/{id}/deliveries?limit=2&cursor=" + cursor, id));
        assertEquals(List.of(tests.get(0)), next.getList("items.id"));
        assertNull(next.getString("nextCursor"));
        assertEquals(
                List.of(),
                Caller.ok(caller.get(ENDPOINTS + "/{id}/deliveries?state=FAILED", id))
                        .getList("items"));
    }

    @Test
    void aDeletedEndpointTakesItsDeliveriesWithIt() throws SQLException {
        receiver.nowDoes(Receiver.status(500));
        String id = endpoint(receiver).getString("id");
        test(id);
        caller.request().delete(ENDPOINTS + "/{id}", id);
        assertEquals("0", query("select count(*) from webhook_delivery"));
        String job = endedJob();
        assertEquals("SUCCEEDED", caller.job(job).getString("state"));
    }

    /** The relay that claimed it has died: its lease ends, and somebody else delivers. */
    @Test
    void aClaimThatIsNeverAnsweredForComesBack() throws SQLException {
        String id = endpoint(receiver).getString("id");
        execute(
                "insert into webhook_delivery (endpoint_id, event_type, state, attempt, used_attempts, under_way, due_time)"
                        + " select id, 'webhook.test', 'PENDING', 1, 1, true, now() + interval '1 second' from webhook_endpoint");
        String delivery = deliveries(id).getString("items[0].id");
        JsonPath done = awaitState(id, delivery, "DELIVERED");
        assertEquals(List.of(2), done.getList("attempts.number"));
        assertEquals(1, receiver.received().size());
    }

    @Test
    void oldDeliveriesAreForgotten() throws SQLException {
        String id = endpoint(receiver).getString("id");
        String old = test(id);
        awaitState(id, old, "DELIVERED");
        String fresh = test(id);
        awaitState(id, fresh, "DELIVERED");
        execute(
                "update webhook_delivery set end_time = now() - interval '31 days' where sequence = (select min(sequence) from webhook_delivery)");
        eventually(
                "the pruner",
                () -> deliveries(id).getList("items").size() == 1 ? Boolean.TRUE : null);
        assertEquals(List.of(fresh), deliveries(id).getList("items.id"));
        assertEquals("1", query("select count(*) from webhook_attempt"));
    }
}
