package io.tidemill.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * Asks what KEDA's scaler of a trigger asks, and reads the answer as it does: {@code artemis-queue}
 * and {@code metrics-api} of KEDA 2.17 and later.
 *
 * @param trigger of a ScaledObject
 * @param parameters what its TriggerAuthentication takes from Secrets
 */
record KedaTrigger(JsonNode trigger, Map<String, String> parameters) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private String metadata(String key) {
        return trigger.path("metadata").path(key).asText();
    }

    private boolean ofBroker() {
        return trigger.path("type").asText().equals("artemis-queue");
    }

    /**
     * The metric.
     *
     * @throws IOException if there is none: KEDA counts a failure of the trigger
     */
    long value() throws IOException, InterruptedException {
        return ofBroker() ? attribute("MessageCount") : load();
    }

    /** Reads an attribute of the queue at the broker. */
    long attribute(String name) throws IOException, InterruptedException {
        String endpoint = metadata("managementEndpoint");
        String bean =
                "org.apache.activemq.artemis:broker=\"%s\",component=addresses,address=\"%s\",subcomponent=queues,routing-type=\"anycast\",queue=\"%s\""
                        .formatted(
                                metadata("brokerName"),
                                metadata("brokerAddress"),
                                metadata("queueName"));
        String user = parameters.get("username") + ":" + parameters.get("password");
        JsonNode answer =
                ask(
                        "http://" + endpoint + "/console/jolokia/read/" + bean + "/" + name,
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(user.getBytes(StandardCharsets.UTF_8)),
                        "http://" + endpoint);
        if (answer.path("status").asInt() != 200) {
            throw new IOException("refused within the answer: " + answer);
        }
        return answer.path("value").asLong();
    }

    private long load() throws IOException, InterruptedException {
        JsonNode value =
                ask(metadata("url"), "Bearer " + parameters.get("token"), "none")
                        .path(metadata("valueLocation"));
        if (!value.isNumber()) {
            throw new IOException("there is no number at " + metadata("valueLocation"));
        }
        return value.asLong();
    }

    private static JsonNode ask(String url, String authorization, String origin)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url.replace("\"", "%22")))
                        .header("Authorization", authorization)
                        .header("Origin", origin)
                        .timeout(Duration.ofSeconds(3))
                        .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("answered with " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    /** Whether this value alone brings the first pod. */
    boolean active(long value) {
        String key = ofBroker() ? "activationQueueLength" : "activationTargetValue";
        return value > trigger.path("metadata").path(key).asLong();
    }

    /** How many pods the autoscaler wants for this value, before its bounds. */
    long pods(long value) {
        long target = Long.parseLong(metadata(ofBroker() ? "queueLength" : "targetValue"));
        return Math.ceilDiv(value, target);
    }
}
