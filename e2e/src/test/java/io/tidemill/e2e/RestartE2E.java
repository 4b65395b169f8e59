package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The system is stopped in good order while a job waits, and started again on the same folder, this
 * time without the installed engines, as on a machine that has none. Comes last, so that nobody has
 * to start it once more with them.
 */
@Order(Integer.MAX_VALUE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartE2E {
    private final Api api = Api.of(RestartE2E.class);
    private String photo;
    private String ended;
    private String open;
    private JsonNode endedBefore;

    @BeforeAll
    void stopAndStartAgain() throws IOException {
        photo = api.upload(Samples.PHOTO, Samples.read(Samples.PHOTO));
        ended = api.submit(Submission.of(photo).pipeline("standard"));
        api.awaitEnd(ended);
        endedBefore = api.get("/v1/jobs/" + ended + "/results");
        open =
                api.submit(
                        Submission.of(photo).step("wait", "noop", Map.of("durationMillis", 4_000)));
        api.awaitJob(open, job -> job.at("/counts/running").asInt() == 1);
        SharedTidemill.restart(Map.of("TIDEMILL_ENGINES_EMBEDDED_ONLY", "true"));
        assertTrue(
                Wait.until(Tidemill.PATIENCE, () -> tiers("thumbnail").equals(List.of("embedded"))),
                () -> "the engines offered stayed " + tiers("thumbnail"));
    }

    @Test
    void filesAndEndedJobsAreAsTheyWere() throws IOException {
        assertArrayEquals(Samples.read(Samples.PHOTO), api.content(photo));
        assertEquals(endedBefore, api.get("/v1/jobs/" + ended + "/results"));
    }

    @Test
    void theJobThatWasRunningEndsAndNoAttemptWasLost() {
        EndedJob job = api.awaitEnd(open);
        assertEquals("SUCCEEDED", job.state());
        assertEquals(1, job.task(photo, "wait").path("attempt").asInt(), job.files()::toString);
    }

    @Test
    void withoutInstalledEnginesTheEmbeddedOnesAreNamed() {
        assertEquals(List.of("embedded"), tiers("extract-text"));
        assertEquals(List.of("embedded"), tiers("virus-scan"));
        JsonNode ocr = api.get("/v1/operations/ocr");
        assertFalse(ocr.path("available").asBoolean(), ocr::toString);
        assertTrue(ocr.path("unavailableReason").asText().contains("tidemill engines"));
    }

    private List<String> tiers(String operation) {
        return Api.list(api.get("/v1/operations/" + operation).path("engines")).stream()
                .map(engine -> engine.path("tier").asText())
                .toList();
    }

    @Test
    void withoutInstalledEnginesTheMainJobIsDoneToo() throws IOException {
        String pdf = api.upload(Samples.PDF, Samples.read(Samples.PDF));
        EndedJob job =
                api.awaitEnd(
                        api.submit(
                                Submission.of(photo, pdf)
                                        .step("scan", "virus-scan", Map.of())
                                        .step("preview", "thumbnail", Map.of(), "scan")
                                        .step("text", "extract-text", Map.of(), "scan")));
        Picture preview = Picture.of(content(job.outputs(photo, "preview").getFirst()));
        assertEquals("240x320", preview.size());
        assertFalse(preview.metadata());
        String text =
                new String(content(job.outputs(pdf, "text").getFirst()), StandardCharsets.UTF_8);
        assertTrue(text.contains("No sack is ever lost"), text);
    }

    private byte[] content(JsonNode output) {
        return api.content(output.path("id").asText());
    }
}
