package io.tidemill.api.scenario;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tidemill.contract.testing.ContractFilter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A client of one owner; every answer it gets is held against {@code openapi.yaml}. */
record Caller(String owner) {
    private static final ContractFilter CONTRACT = new ContractFilter();
    private static final RestAssuredConfig AS_SENT =
            RestAssuredConfig.config()
                    .encoderConfig(
                            EncoderConfig.encoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                    .defaultContentCharset(StandardCharsets.UTF_8)
                                    .encodeContentTypeAs(
                                            "multipart/form-data", ContentType.BINARY));

    /** Somebody nobody has heard of before. */
    static Caller stranger() {
        return new Caller("owner-" + UUID.randomUUID());
    }

    /** One who looks after the whole installation. */
    static Caller operator() {
        return new Caller("local");
    }

    /** Wishes something of a job that must be granted. */
    JsonPath wish(String jobId, String wish) {
        return ok(tryWish(jobId, wish));
    }

    Response tryWish(String jobId, String wish) {
        return request().noContentType().post("/v1/jobs/{id}/" + wish, jobId);
    }

    /** The same of some of its tasks. */
    JsonPath wish(String jobId, String wish, String selector) {
        return ok(post("/v1/jobs/" + jobId + "/" + wish, selector));
    }

    RequestSpecification request() {
        return given().config(AS_SENT).filter(CONTRACT).header("X-Tidemill-Owner", owner);
    }

    Response get(String path, Object... parameters) {
        return request().get(path, parameters);
    }

    /** Uploads a file; gives back its id. */
    String upload(String name, String content) {
        return upload(name, content.getBytes(StandardCharsets.UTF_8)).path("id");
    }

    Response upload(String name, byte[] content) {
        Response response =
                request()
                        .contentType("application/octet-stream")
                        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                        .body(content)
                        .post("/v1/files");
        assertEquals(201, response.statusCode(), response.asString());
        return response;
    }

    Response post(String path, String json) {
        return request().contentType("application/json").body(json).post(path);
    }

    /** Submits a job that must be accepted; gives back its id. */
    String submit(String steps, String... files) {
        Response response = post("/v1/jobs", submission(steps, files));
        assertEquals(202, response.statusCode(), response.asString());
        return response.path("id");
    }

    /** A submission with these inline steps, in JSON. */
    static String submission(String steps, String... files) {
        String ids =
                Arrays.stream(files).map(id -> '"' + id + '"').collect(Collectors.joining(","));
        return "{\"files\": [" + ids + "], \"steps\": " + steps + "}";
    }

    JsonPath job(String jobId) {
        return ok(get("/v1/jobs/{id}", jobId));
    }

    JsonPath tasks(String jobId) {
        return ok(get("/v1/jobs/{id}/tasks", jobId));
    }

    JsonPath results(String jobId) {
        return ok(get("/v1/jobs/{id}/results", jobId));
    }

    /** Waits by long polls until the job is as wanted. */
    JsonPath awaitJob(String jobId, Predicate<JsonPath> wanted) {
        long end = System.nanoTime() + 30_000_000_000L;
        Response response = get("/v1/jobs/{id}", jobId);
        while (!wanted.test(ok(response))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the job never became as wanted: " + response.asString());
            }
            Response next =
                    request()
                            .header("If-None-Match", response.header("ETag"))
                            .header("Prefer", "wait=5")
                            .get("/v1/jobs/{id}", jobId);
            response = next.statusCode() == 304 ? response : next;
        }
        return response.jsonPath();
    }

    JsonPath awaitState(String jobId, String state) {
        return awaitJob(jobId, job -> state.equals(job.getString("state")));
    }

    static JsonPath ok(Response response) {
        assertEquals(200, response.statusCode(), response.asString());
        return response.jsonPath();
    }

    /** Asserts a problem of that status and code. */
    static JsonPath assertProblem(int status, String code, Response response) {
        assertEquals(status, response.statusCode(), response.asString());
        assertEquals("application/problem+json", response.contentType().split(";")[0]);
        JsonPath problem = response.jsonPath();
        assertEquals(code, problem.getString("code"));
        assertEquals(status, problem.getInt("status"));
        return problem;
    }
}
