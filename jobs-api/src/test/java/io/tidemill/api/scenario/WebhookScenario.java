package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemill.api.receiver.Receiver;
import io.tidemill.api.receiver.Receiver.Received;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;

/**
 * What scenarios about webhooks have: receivers, endpoints, a look at what became of deliveries.
 */
abstract class WebhookScenario extends Scenario {
    static final String ENDPOINTS = "/v1/webhook-endpoints";
    private final List<Receiver> receivers = new ArrayList<>();

    @AfterEach
    void closeReceivers() throws SQLException {
        receivers.forEach(Receiver::close);
        // The relay takes deliveries first and endpoints then.
        execute(
                "begin; lock table webhook_delivery in exclusive mode; delete from webhook_endpoint; commit");
    }

    Receiver receiver(Receiver.Behaviour behaviour) {
        Receiver receiver = new Receiver(behaviour);
        receivers.add(receiver);
        return receiver;
    }

    /** Creates an endpoint that must be taken. */
    JsonPath endpoint(Receiver receiver, String... fields) {
        return endpoint(caller, receiver.url(), fields);
    }

    static JsonPath endpoint(Caller owner, String url, String... fields) {
        Response response = owner.post(ENDPOINTS, submission(url, fields));
        assertEquals(201, response.statusCode(), response.asString());
        return response.jsonPath();
    }

    static String submission(String url, String... fields) {
        return "{\"url\": \"" + url + '"' + String.join("", List.of(fields)) + "}";
    }

    /** A test event on its way; gives back the delivery's id. */
    String test(String endpoint) {
        Response response = caller.request().post(ENDPOINTS + "/{id}/test", endpoint);
        assertEquals(202, response.statusCode(), response.asString());
        return response.path("id");
    }

    /** A job that ends well. */
    String endedJob() {
        return endedJob("");
    }

    String endedJob(String fields) {
        String file = caller.upload(name, "text");
        String body = Caller.submission(NOOP, file);
        Response response =
                caller.post("/v1/jobs", body.substring(0, body.length() - 1) + fields + "}");
        assertEquals(202, response.statusCode(), response.asString());
        String job = response.path("id");
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
        return job;
    }

    JsonPath deliveries(String endpoint) {
        return Caller.ok(caller.get(ENDPOINTS + "/{id}/deliveries", endpoint));
    }

    JsonPath delivery(String endpoint, String delivery) {
        return Caller.ok(caller.get(ENDPOINTS + "/{id}/deliveries/{delivery}", endpoint, delivery));
    }

    /** Waits until a delivery is as wanted. */
    JsonPath await(String endpoint, String delivery, Predicate<JsonPath> wanted) {
        return eventually(
                "the delivery as wanted",
                () -> {
                    JsonPath now = delivery(endpoint, delivery);
                    return wanted.test(now) ? now : null;
                });
    }

    JsonPath awaitState(String endpoint, String delivery, String state) {
        return await(endpoint, delivery, now -> state.equals(now.getString("state")));
    }

    Receiver.Received awaitReceived(Receiver receiver, Predicate<Receiver.Received> wanted) {
        return eventually(
                "a request",
                () -> receiver.received().stream().filter(wanted).findFirst().orElse(null));
    }

    JsonPath read(String endpoint) {
        return Caller.ok(caller.get(ENDPOINTS + "/{id}", endpoint));
    }

    Response redeliver(String endpoint, Map<String, String> what) {
        return caller.request()
                .contentType("application/json")
                .body(what)
                .post(ENDPOINTS + "/{id}/redeliver", endpoint);
    }

    /** By the words of the specification, not by our own code. */
    static String signature(String secret, Received request) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        String signed =
                request.id()
                        + "."
                        + request.headers().get("webhook-timestamp")
                        + "."
                        + request.body();
        byte[] digest = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(digest);
    }

    static boolean isOf(Received request, String job, String type) {
        return job.equals(request.json().getString("data.jobId"))
                && type.equals(request.json().getString("type"));
    }
}
