package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tidemill.api.id.TypeId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What belongs to somebody else answers exactly as what is not there. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class OwnerIT extends Scenario {
    private static final List<String> OF_FILES =
            List.of("GET /v1/files/{id}", "DELETE /v1/files/{id}", "GET /v1/files/{id}/content");
    private static final List<String> OF_JOBS =
            List.of(
                    "GET /v1/jobs/{id}",
                    "DELETE /v1/jobs/{id}",
                    "GET /v1/jobs/{id}/tasks",
                    "GET /v1/jobs/{id}/results");
    private final Caller stranger = Caller.stranger();

    private static Response call(Caller who, String call, String id) {
        String[] parts = call.split(" ");
        return who.request().request(parts[0], parts[1], id);
    }

    private void assertForeignIsUnknown(List<String> calls, TypeId type, String foreign) {
        String unknown = type.format(UUID.randomUUID());
        for (String call : calls) {
            Response asForeign = call(stranger, call, foreign);
            Response asUnknown = call(stranger, call, unknown);
            assertProblem(404, "NOT_FOUND", asForeign);
            assertEquals(
                    asUnknown.asString().replace(unknown, "ID"),
                    asForeign.asString().replace(foreign, "ID"),
                    call);
            assertEquals(
                    asUnknown.headers().asList().stream().map(h -> h.getName()).toList(),
                    asForeign.headers().asList().stream().map(h -> h.getName()).toList());
        }
    }

    @Test
    void aForeignFileIsAnUnknownFile() {
        String file = caller.upload(name, "mine");
        assertForeignIsUnknown(OF_FILES, TypeId.FILE, file);
        assertEquals(404, stranger.request().head("/v1/files/{id}/content", file).statusCode());
        assertEquals(200, caller.get("/v1/files/{id}", file).statusCode(), "still there");
        assertEquals(List.of(), Caller.ok(stranger.get("/v1/files")).getList("items"));
    }

    @Test
    void aForeignJobIsAnUnknownJob() {
        String job = caller.submit(NOOP, caller.upload(name, "mine"));
        assertForeignIsUnknown(OF_JOBS, TypeId.JOB, job);
        assertEquals(
                404,
                stranger.request()
                        .accept("application/x-ndjson")
                        .get("/v1/jobs/{id}/results", job)
                        .statusCode());
        assertEquals(List.of(), Caller.ok(stranger.get("/v1/jobs")).getList("items"));
        assertEquals(
                404,
                stranger.request()
                        .header("Prefer", "wait=1")
                        .get("/v1/jobs/{id}", job)
                        .statusCode());
    }

    @Test
    void whatWasDeletedIsGoneForItsOwnerAndUnknownToOthers() {
        String file = caller.upload(name, "mine");
        String job = caller.submit(NOOP, file);
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
        assertEquals(204, caller.request().delete("/v1/files/{id}", file).statusCode());
        assertEquals(204, caller.request().delete("/v1/jobs/{id}", job).statusCode());
        assertEquals(204, caller.request().delete("/v1/files/{id}", file).statusCode());
        assertEquals(204, caller.request().delete("/v1/jobs/{id}", job).statusCode());

        assertProblem(410, "GONE", caller.get("/v1/files/{id}", file));
        assertProblem(410, "GONE", caller.get("/v1/files/{id}/content", file));
        assertProblem(410, "GONE", caller.get("/v1/jobs/{id}", job));
        assertProblem(410, "GONE", caller.get("/v1/jobs/{id}/tasks", job));
        assertProblem(410, "GONE", caller.get("/v1/jobs/{id}/results", job));
        assertForeignIsUnknown(OF_FILES, TypeId.FILE, file);
        assertForeignIsUnknown(OF_JOBS, TypeId.JOB, job);
        assertEquals(List.of(), Caller.ok(caller.get("/v1/jobs")).getList("items"));
        assertEquals(List.of(), Caller.ok(caller.get("/v1/files")).getList("items"));
    }

    @Test
    void aJobThatHasNotEndedCannotBeDeleted() {
        String job = caller.submit(NOOP, caller.upload(name, "mine"));
        Response response = caller.request().delete("/v1/jobs/{id}", job);
        assertProblem(409, "INVALID_STATE_TRANSITION", response);
        assertEquals(
                List.of("SUCCEEDED", "PARTIALLY_SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED"),
                response.path("allowed"));
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
        assertEquals(204, caller.request().delete("/v1/jobs/{id}", job).statusCode());
    }

    @Test
    void aFileDeletedAfterItsSubmissionIsStillProcessed() {
        String file = caller.upload(name, "mine");
        String job = caller.submit(NOOP, file);
        assertEquals(204, caller.request().delete("/v1/files/{id}", file).statusCode());
        processor.succeed(processor.start(processor.run(name)), output("o.txt", "o"));
        caller.awaitState(job, "SUCCEEDED");
        String output = caller.tasks(job).getString("items[0].outputs[0].id");
        assertProblem(404, "NOT_FOUND", stranger.get("/v1/files/{id}", output));
    }

    @Test
    void oddIdsAreUnknownAndComeBackHarmless() {
        for (String id :
                List.of(
                        "x",
                        "job_",
                        "%00",
                        "%0d%0aSet-Cookie:x",
                        "..%2f..%2fetc",
                        "%e2%80%ae",
                        "%ff%fe",
                        "' or 1=1 --",
                        "x".repeat(3_000))) {
            Response response =
                    caller.request()
                            .urlEncodingEnabled(false)
                            .get("/v1/jobs/" + id.replace(" ", "%20"));
            assertTrue(List.of(400, 404).contains(response.statusCode()), id);
            Response file =
                    caller.request()
                            .urlEncodingEnabled(false)
                            .get("/v1/files/" + id.replace(" ", "%20") + "/content");
            assertTrue(List.of(400, 404).contains(file.statusCode()), id);
        }
    }
}
