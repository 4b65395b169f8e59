package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static io.tidemill.api.scenario.Caller.submission;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submissions that cannot be accepted, or only in part. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class SubmissionIT extends Scenario {
    private static final String UNKNOWN = "file_00000000000000000000000001";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "not json",
                "{\"files\": [}",
                "{\"files\": ['a']}",
                "{'files': []}",
                "{\"files\": [\"a\"],}",
                "{\"files\": [\"a\"]} trailing",
                "{\"files\": [\"a\"]}{}",
                "{\"files\": NaN}",
                "\u0000"
            })
    void whatIsNotJsonIsMalformed(String body) {
        assertProblem(400, "MALFORMED_REQUEST", caller.post("/v1/jobs", body));
    }

    @Test
    void bytesThatAreNotTextAreMalformed() {
        byte[][] bodies = {
            {(byte) 0xff, (byte) 0xfe, 1},
            {'{', '"', (byte) 0xc3, '"', '}'},
            {0, 0, 0, '{', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80}
        };
        for (byte[] body : bodies) {
            Response response =
                    caller.request().contentType("application/json").body(body).post("/v1/jobs");
            assertProblem(400, "MALFORMED_REQUEST", response);
        }
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertProblem(
                400, "MALFORMED_REQUEST", caller.post("/v1/jobs", "{\"files\": " + deep + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "1e999999999", "-1e999999999", "99999999999999999999"})
    void aHugeNumberIsRefusedAtOnce(String number) {
        String file = caller.upload(name, "a");
        String steps =
                "[{\"operation\": \"noop\", \"parameters\": {\"durationMillis\": " + number + "}}]";
        Response response = caller.post("/v1/jobs", submission(steps, file));
        assertTrue(List.of(400, 422).contains(response.statusCode()), response.asString());
        Response asFile = caller.post("/v1/jobs", "{\"files\": [" + number + "]}");
        assertTrue(List.of(400, 422).contains(asFile.statusCode()), asFile.asString());
    }

    @Test
    void aNumberWithAMillionDigitsIsRefused() {
        Response response = caller.post("/v1/jobs", "{\"files\": [" + "9".repeat(1_000_000) + "]}");
        assertProblem(400, "MALFORMED_REQUEST", response);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"files": []}                                                        | /files
            {"files": "FILE", "steps": [{"operation": "noop"}]}                  | /files
            {"files": [7], "steps": [{"operation": "noop"}]}                     | /files/0
            {"files": ["FILE"], "steps": [{"operation": "noop"}], "x": 1}        | /x
            {"files": ["FILE", "FILE"], "steps": [{"operation": "noop"}]}        | /files/1
            {"files": ["FILE"]}                                                  | ''
            {"files": ["FILE"], "pipeline": "standard", "steps": [{"operation": "noop"}]} | ''
            {"files": ["FILE"], "pipeline": "no-such-pipeline"}                  | /pipeline
            {"files": ["FILE"], "steps": [{"operation": "no-such-operation"}]}   | /steps/0/operation
            {"files": ["FILE"], "steps": [{"id": "a", "operation": "noop"}, {"id": "a", "operation": "noop"}]} | /steps/1/id
            {"files": ["FILE"], "steps": [{"operation": "noop", "needs": ["ghost"]}]} | /steps/0/needs/0
            {"files": ["FILE"], "steps": [{"operation": "noop", "input": "ghost"}]} | /steps/0/input
            {"files": ["FILE"], "steps": [{"id": "a", "operation": "noop", "needs": ["b"]}, {"id": "b", "operation": "noop", "needs": ["a"]}]} | /steps/0/needs
            {"files": ["FILE"], "steps": [{"operation": "noop", "parameters": {"durationMillis": "x"}}]} | /steps/0/parameters/durationMillis
            {"files": ["FILE"], "steps": [{"operation": "noop", "parameters": {"durationMillis": -1}}]} | /steps/0/parameters/durationMillis
            {"files": ["FILE"], "steps": [{"operation": "noop", "parameters": {"unknown": 1}}]} | /steps/0/parameters/unknown
            {"files": ["FILE"], "steps": [{"operation": "thumbnail", "parameters": {"sizes": [{"width": 9999, "height": 1}]}}]} | /steps/0/parameters/sizes/0/width
            {"files": ["FILE"], "steps": [{"operation": "noop"}], "clientReference": "a\\u0000b"} | /clientReference
            {"files": ["FILE"], "steps": [{"operation": "noop"}], "labels": {"a": "\\u0000"}} | /labels/a
            {"files": ["FILE\\u0000"], "steps": [{"operation": "noop"}]}         | /files/0
            {"files": ["FILE"], "steps": [{"operation": "noop"}], "priority": "URGENT"} | /priority
            """)
    void whatIsWrongIsNamedByPointer(String body, String pointer) {
        String file = caller.upload(name, "a");
        JsonPath problem =
                assertProblem(
                        422,
                        "INVALID_REQUEST",
                        caller.post("/v1/jobs", body.replace("FILE", file)));
        assertEquals(pointer, problem.getString("errors[0].pointer"));
        assertTrue(problem.getString("detail").length() > 10);
    }

    @Test
    void tenThousandAndOneFilesAreTooMany() {
        String ids =
                IntStream.rangeClosed(0, 10_000)
                        .mapToObj(i -> "\"file_" + i + '"')
                        .collect(Collectors.joining(","));
        JsonPath problem =
                assertProblem(
                        422,
                        "INVALID_REQUEST",
                        caller.post(
                                "/v1/jobs",
                                "{\"files\": [" + ids + "], \"pipeline\": \"standard\"}"));
        assertEquals("/files", problem.getString("errors[0].pointer"));
    }

    @Test
    void theSynchronousFormTakesAThousandFiles() {
        String[] ids = IntStream.range(0, 1_001).mapToObj(i -> "file_" + i).toArray(String[]::new);
        JsonPath problem =
                assertProblem(
                        422,
                        "INVALID_REQUEST",
                        caller.post("/v1/processFiles", submission(NOOP, ids)));
        assertEquals("/files", problem.getString("errors[0].pointer"));
    }

    @Test
    void loneSurrogatesNeverBreakAnything() {
        String file = caller.upload(name, "a");
        String half = "\\ud800";
        for (String body :
                List.of(
                        "{\"files\": [\"" + half + "\"], \"steps\": " + NOOP + "}",
                        "{\"files\": [\"" + file + "\"], \"" + half + "\": 1}",
                        "{\"files\": [\"" + file + "\"], \"pipeline\": \"" + half + "\"}",
                        "{\"files\": [\""
                                + file
                                + "\"], \"steps\": [{\"operation\": \"noop\","
                                + " \"parameters\": {\""
                                + half
                                + "\": 1}}]}")) {
            int status = caller.post("/v1/jobs", body).statusCode();
            assertTrue(status == 400 || status == 422, status + " " + body);
        }
        Response accepted =
                caller.post(
                        "/v1/jobs",
                        "{\"files\": [\""
                                + file
                                + "\", \""
                                + half
                                + "\"], \"clientReference\": \"x"
                                + half
                                + "\", \"steps\": "
                                + NOOP
                                + "}");
        assertTrue(List.of(202, 422).contains(accepted.statusCode()), accepted.asString());
        if (accepted.statusCode() == 202) {
            caller.job(accepted.path("id"));
            caller.results(accepted.path("id"));
        }
    }

    @Test
    void filesThatCannotBeUsedFailAloneAndTheOthersGoOn() {
        String good = caller.upload(name, "a");
        String deleted = caller.upload("gone.txt", "b");
        caller.request().delete("/v1/files/{id}", deleted);
        String foreign = Caller.stranger().upload("theirs.txt", "c");
        String job = caller.submit(NOOP, UNKNOWN, foreign, good, deleted, "no id at all", "../..");

        JsonPath accepted = caller.job(job);
        assertEquals(6, accepted.getInt("counts.total"));
        assertEquals(5, accepted.getInt("counts.failed"));
        assertEquals("QUEUED", accepted.getString("state"));
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "PARTIALLY_SUCCEEDED");
        JsonPath results = caller.results(job);
        assertEquals(
                List.of("FAILED", "FAILED", "SUCCEEDED", "FAILED", "FAILED", "FAILED"),
                results.getList("items.state"));
        for (int i : new int[] {0, 1, 3, 4, 5}) {
            assertEquals(
                    "FILE_NOT_FOUND", results.getString("items[" + i + "].tasks[0].error.code"));
            assertEquals(null, results.getString("items[" + i + "].fileName"));
        }
        String id = results.getString("items[1].fileId");
        assertEquals(foreign, id);
        assertEquals(
                results.getString("items[0].tasks[0].error.detail").replace(UNKNOWN, "?"),
                results.getString("items[1].tasks[0].error.detail").replace(foreign, "?"));
    }

    @Test
    void aTypeNoStepTakesFailsThatFileWithATypedError() {
        String text = caller.upload(name, "just text");
        String other = caller.upload(name + "2", "more text");
        String steps =
                """
                [{"id": "t", "operation": "thumbnail"}, {"id": "n", "operation": "noop", "needs": ["t"]},
                 {"id": "free", "operation": "noop"}]""";
        String job = caller.submit(steps, text, other);
        JsonPath tasks = caller.tasks(job);
        assertEquals("UNSUPPORTED_TYPE", tasks.getString("items[0].error.code"));
        assertEquals("NEEDED_STEP_FAILED", tasks.getString("items[1].error.code"));
        assertNotEquals("FAILED", tasks.getString("items[2].state"));
    }

    @Test
    void aSubmissionWithoutAnyUsableFileIsRefused() {
        String text = caller.upload(name, "just text");
        JsonPath missing =
                assertProblem(
                        422,
                        "NO_USABLE_FILE",
                        caller.post("/v1/jobs", submission(NOOP, UNKNOWN, "x")));
        assertEquals(List.of("/files/0", "/files/1"), missing.getList("errors.pointer"));
        assertTrue(missing.getString("errors[0].detail").startsWith("FILE_NOT_FOUND"));
        assertProblem(
                422,
                "NO_USABLE_FILE",
                caller.post("/v1/jobs", submission("[{\"operation\": \"thumbnail\"}]", text)));
        assertEquals(List.of(), Caller.ok(caller.get("/v1/jobs")).getList("items"));
    }

    @Test
    void aNamedPipelineBecomesItsSteps() {
        Response response =
                caller.post(
                        "/v1/jobs",
                        "{\"files\": [\""
                                + caller.upload(name, "a")
                                + "\"], \"pipeline\": \"standard\","
                                + " \"priority\": \"LOW\", \"labels\": {\"k\": \"v:w\"},"
                                + " \"clientReference\": \"order ☀\"}");
        assertEquals(202, response.statusCode());
        JsonPath job = caller.job(response.path("id"));
        assertEquals("standard", job.getString("pipeline"));
        assertEquals("LOW", job.getString("priority"));
        assertEquals("v:w", job.getString("labels.k"));
        assertEquals("order ☀", job.getString("clientReference"));
        assertEquals(List.of("scan", "inspect"), job.getList("progress.steps.id"));
        assertEquals(response.body().jsonPath().getMap("counts"), job.getMap("counts"));
    }

    @Test
    void theWrongMediaTypeIsSaidSo() {
        Response response = caller.request().contentType("text/plain").body("{}").post("/v1/jobs");
        assertProblem(415, "UNSUPPORTED_MEDIA_TYPE", response);
        String bytes = new String(new byte[] {1, 2}, StandardCharsets.UTF_8);
        assertProblem(
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                caller.request()
                        .contentType("application/xml")
                        .body(bytes)
                        .post("/v1/processFiles"));
    }

    @Test
    void whatThereIsNotIsSaidInTheSameFormAsEverythingElse() {
        assertProblem(404, "NOT_FOUND", caller.get("/v1/nothing"));
        assertProblem(404, "NOT_FOUND", caller.get("/"));
        assertProblem(404, "NOT_FOUND", caller.get("/v1/jobs/job_x/nothing/here"));
        assertProblem(405, "METHOD_NOT_ALLOWED", caller.request().put("/v1/jobs"));
        assertProblem(405, "METHOD_NOT_ALLOWED", caller.request().patch("/v1/files/file_x"));
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        assertProblem(
                406,
                "NOT_ACCEPTABLE",
                caller.request().accept("image/png").get("/v1/jobs/{id}/results", job));
    }

    @Test
    void oddOwnersAreMalformed() {
        for (String owner : List.of("", "a b", "x".repeat(201), "a/b", "ü")) {
            assertProblem(400, "MALFORMED_REQUEST", new Caller(owner).get("/v1/jobs"));
        }
    }
}
