package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/processFiles}: all results in the answer, or the way to them. */
class SynchronousFormE2E {
    private final Api api = Api.of(SynchronousFormE2E.class);

    @Test
    void whatEndsInTimeIsAnsweredAtOnce() throws IOException {
        String notes = api.upload(Samples.NOTES, Samples.read(Samples.NOTES));
        String photo = api.upload(Samples.PHOTO, Samples.read(Samples.PHOTO));
        JsonNode answer =
                Api.json(
                        api.posting(
                                "/v1/processFiles",
                                Submission.of(notes, photo).pipeline("standard")),
                        200);
        EndedJob ended = new EndedJob(answer.path("job"), Api.list(answer.path("results")));
        assertEquals("SUCCEEDED", ended.state());
        assertEquals("standard", ended.job().path("pipeline").asText());
        assertEquals("text/plain", ended.result(notes, "inspect").path("mediaType").asText());
        assertEquals("image/jpeg", ended.result(photo, "inspect").path("mediaType").asText());
    }

    @Test
    void whatDoesNotEndInTimeIsFoundAtItsLocation() {
        String file = api.upload("small.txt", new byte[] {'a'});
        Response response =
                api.request()
                        .header("Prefer", "wait=0")
                        .contentType("application/json")
                        .body(waiting(file, 1_500).json())
                        .post("/v1/processFiles");
        JsonNode answer = Api.json(response, 202);
        assertFalse(Api.hasEnded(answer.path("job")));
        String jobId = answer.at("/job/id").asText();
        assertEquals("/v1/jobs/" + jobId, response.header("Location"));
        EndedJob ended = api.awaitEnd(jobId);
        assertEquals("SUCCEEDED", ended.state());
        assertEquals(1_500, ended.result(file, "wait").path("waitedMillis").asInt());
    }

    @Test
    void aRequestMayWaitForTheEndItself() {
        String file = api.upload("small.txt", new byte[] {'a'});
        Response response =
                api.request()
                        .header("Prefer", "wait=30")
                        .contentType("application/json")
                        .body(waiting(file, 100).json())
                        .post("/v1/jobs");
        assertEquals("SUCCEEDED", Api.json(response, 200).path("state").asText());
        assertEquals("wait=30", response.header("Preference-Applied"));
    }

    private static Submission waiting(String file, int millis) {
        return Submission.of(List.of(file)).step("wait", "noop", Map.of("durationMillis", millis));
    }
}
