package io.tidemill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.local.process.LaunchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Speaks the public HTTP API, as any client would; see {@code openapi.yaml}. */
final class Client {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI root;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Client(URI root) {
        this.root = root;
    }

    /** The stored file, as JSON. */
    JsonNode upload(Sample sample) {
        return json(
                request("/v1/files")
                        .header("Content-Type", "application/octet-stream")
                        .header(
                                "Content-Disposition",
                                "attachment; filename=\"" + sample.name() + "\"")
                        .POST(sample.content()));
    }

    JsonNode submit(JsonNode job) {
        return json(
                request("/v1/jobs")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(job.toString())));
    }

    JsonNode job(String id) {
        return json(request("/v1/jobs/" + id));
    }

    List<JsonNode> operations() {
        return items(json(request("/v1/operations")));
    }

    /** One entry for each file of the job. */
    List<JsonNode> results(String jobId) {
        List<JsonNode> all = new ArrayList<>();
        String page = "/v1/jobs/" + jobId + "/results";
        JsonNode answer = json(request(page));
        all.addAll(items(answer));
        while (answer.has("nextCursor")) {
            answer = json(request(page + "?cursor=" + answer.path("nextCursor").asText()));
            all.addAll(items(answer));
        }
        return all;
    }

    /** Saves a file's bytes; the target's folder must exist. */
    void download(String fileId, Path target) {
        send(request("/v1/files/" + fileId + "/content"), BodyHandlers.ofFile(target));
    }

    private static List<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false).toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(LIMIT);
    }

    private JsonNode json(HttpRequest.Builder request) {
        try {
            return JSON.readTree(send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new LaunchException("the API's answer is no JSON", e);
        }
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder builder, BodyHandler<T> handler) {
        HttpRequest request = builder.build();
        String call = request.method() + " " + request.uri().getPath();
        try {
            HttpResponse<T> response = http.send(request, handler);
            if (response.statusCode() / 100 != 2) {
                throw new LaunchException(
                        "%s answered %d: %s"
                                .formatted(call, response.statusCode(), response.body()));
            }
            return response;
        } catch (IOException e) {
            throw new LaunchException(call + " got no answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(call + " was interrupted", e);
        }
    }
}
