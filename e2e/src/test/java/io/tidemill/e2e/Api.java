package io.tidemill.e2e;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tidemill.contract.testing.ContractFilter;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Calls the API for one owner. Every answer is held against the contract. */
final class Api {
    private static final Set<String> OPEN = Set.of("QUEUED", "RUNNING");
    private static final int SOCKET_MILLIS = 90_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ContractFilter CONTRACT = new ContractFilter();
    private static final RestAssuredConfig CONFIG =
            RestAssuredConfig.config()
                    .httpClient(
                            HttpClientConfig.httpClientConfig()
                                    .setParam("http.connection.timeout", SOCKET_MILLIS)
                                    .setParam("http.socket.timeout", SOCKET_MILLIS));

    private final String owner;
    private final Supplier<String> url;

    private Api(String owner, Supplier<String> url) {
        this.owner = owner;
        this.url = url;
    }

    /** An owner of a test's own, so that it sees nothing of other tests. */
    static Api of(Class<?> test) {
        return at(test, ServerUnderTest::url);
    }

    /** The same, of a server of the test's own. */
    static Api at(Class<?> test, Supplier<String> url) {
        return new Api(test.getSimpleName(), url);
    }

    RequestSpecification request() {
        return given().config(CONFIG)
                .baseUri(url.get())
                .filter(CONTRACT)
                .header("X-Tidemill-Owner", owner);
    }

    /** The id of the stored file. */
    String upload(String name, byte[] content) {
        return json(uploading(name, content), 201).path("id").asText();
    }

    Response uploading(String name, byte[] content) {
        return request()
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .contentType("application/octet-stream")
                .body(content)
                .post("/v1/files");
    }

    String submit(Submission submission) {
        return json(submitting(submission), 202).path("id").asText();
    }

    Response submitting(Submission submission) {
        return posting("/v1/jobs", submission);
    }

    Response posting(String path, Submission submission) {
        return request().contentType("application/json").body(submission.json()).post(path);
    }

    JsonNode get(String path) {
        return json(request().get(path), 200);
    }

    /** Has somebody told of every job that ends; gives back the endpoint's id. */
    String tell(String url) {
        Response made =
                request()
                        .contentType("application/json")
                        .body(JSON.createObjectNode().put("url", url).toString())
                        .post("/v1/webhook-endpoints");
        return json(made, 201).path("id").asText();
    }

    void tellNoMore(String endpointId) {
        assertEquals(204, request().delete("/v1/webhook-endpoints/" + endpointId).statusCode());
    }

    byte[] content(String fileId) {
        Response response = request().get("/v1/files/" + fileId + "/content");
        assertTrue(response.statusCode() == 200, response::asString);
        return response.asByteArray();
    }

    /** The job and what became of its files, when it has ended; outages meanwhile are endured. */
    EndedJob awaitEnd(String jobId) {
        awaitJob(jobId, Api::hasEnded);
        JsonNode results = get("/v1/jobs/" + jobId + "/results?limit=500");
        return new EndedJob(get("/v1/jobs/" + jobId), items(results));
    }

    /** Returns when the job is as wanted; outages meanwhile are endured. */
    void awaitJob(String jobId, Predicate<JsonNode> wanted) {
        AtomicReference<@Nullable JsonNode> last = new AtomicReference<>();
        boolean came =
                Wait.until(
                        Tidemill.PATIENCE,
                        () -> {
                            JsonNode seen = jobIfAnswered(jobId);
                            last.set(seen);
                            return wanted.test(seen);
                        });
        assertTrue(came, () -> "the job stayed " + last.get());
    }

    static boolean hasEnded(JsonNode job) {
        return job.has("state") && !OPEN.contains(job.path("state").asText());
    }

    private JsonNode jobIfAnswered(String jobId) {
        try {
            Response response = request().get("/v1/jobs/" + jobId);
            return response.statusCode() == 503 ? JSON.missingNode() : json(response, 200);
        } catch (Exception e) {
            return unanswered(e);
        }
    }

    /** REST Assured throws checked exceptions that it does not declare. */
    private static JsonNode unanswered(Exception e) {
        if (e instanceof IOException) {
            return JSON.missingNode();
        }
        throw new AssertionError(e);
    }

    static JsonNode json(Response response, int status) {
        String body = response.asString();
        assertTrue(response.statusCode() == status, () -> response.statusLine() + "\n" + body);
        return parse(body);
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    static List<JsonNode> items(JsonNode page) {
        return list(page.path("items"));
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
