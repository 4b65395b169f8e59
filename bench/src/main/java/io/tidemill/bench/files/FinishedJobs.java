package io.tidemill.bench.files;

import io.tidemill.bench.standing.ApiClient;
import io.tidemill.local.process.LaunchException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Jobs that are waited for by requests that wait as well, which costs the API next to nothing. */
final class FinishedJobs {
    private static final Map<String, String> WAITING = Map.of("Prefer", "wait=50");
    private static final Set<String> OPEN =
            Set.of("SCHEDULED", "QUEUED", "RUNNING", "PAUSED", "CANCELLING");

    private final ApiClient client;

    FinishedJobs(ApiClient client) {
        this.client = client;
    }

    /**
     * Submits a job; returns when it has ended.
     *
     * @throws LaunchException if not all of it succeeded
     */
    void run(Buffer body) {
        Map<String, String> headers =
                Map.of(
                        "Content-Type", "application/json",
                        "Idempotency-Key", UUID.randomUUID().toString(),
                        "Prefer", "wait=50");
        JsonObject job = answer(HttpMethod.POST, "/v1/jobs", body, headers);
        String path = "/v1/jobs/" + job.getString("id");
        while (OPEN.contains(job.getString("state"))) {
            job = answer(HttpMethod.GET, path, Buffer.buffer(), WAITING);
        }
        if (!job.getString("state").equals("SUCCEEDED")) {
            throw new LaunchException(
                    "a job that was to be measured is %s: %s"
                            .formatted(job.getString("state"), failure(path)));
        }
    }

    private JsonObject answer(
            HttpMethod method, String path, Buffer body, Map<String, String> headers) {
        return ApiClient.await(client.send(method, path, body, headers)).toJsonObject();
    }

    /** Of the first file that failed. */
    private String failure(String path) {
        JsonObject tasks = ApiClient.await(client.get(path + "/tasks?state=FAILED&limit=1"));
        return tasks.getJsonArray("items").stream()
                .map(task -> ((JsonObject) task).getValue("error"))
                .map(String::valueOf)
                .findFirst()
                .orElse("no task failed");
    }
}
