package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tidemill.local.demo.Eicar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The main job on real files: uploads in both forms, one job with a graph of steps over all of
 * them, and every file's result.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobE2E {
    private static final String COVER = "cover";
    private static final String INSIDE = "inside";

    private final Api api = Api.of(MainJobE2E.class);
    private final Map<String, String> ids = new HashMap<>();
    private final NavigableSet<Integer> percents = new TreeSet<>();
    private boolean ocr;
    private EndedJob job;

    @BeforeAll
    void runOneJobOnAllSamples() throws IOException {
        uploadEach(Samples.PHOTO, Samples.BADGE, Samples.PDF, Samples.SCAN);
        uploadTogether(Samples.NOTES, Samples.CSV, Samples.DISGUISED, Samples.TRUNCATED);
        ids.put(Eicar.NAME, api.upload(Eicar.NAME, Eicar.bytes()));
        ocr = api.get("/v1/operations/ocr").path("available").asBoolean();
        String jobId = api.submit(graph());
        api.awaitJob(jobId, this::noteProgress);
        job = api.awaitEnd(jobId);
    }

    private void uploadEach(String... names) throws IOException {
        for (String name : names) {
            ids.put(name, api.upload(name, Samples.read(name)));
        }
    }

    private void uploadTogether(String... names) throws IOException {
        RequestSpecification request = api.request();
        for (String name : names) {
            request.multiPart("file", name, Samples.read(name));
        }
        List<JsonNode> files = Api.items(Api.json(request.post("/v1/files"), 201));
        assertEquals(
                List.of(names), files.stream().map(file -> file.path("name").asText()).toList());
        files.forEach(file -> ids.put(file.path("name").asText(), file.path("id").asText()));
    }

    private Submission graph() {
        return Submission.of(ids.values())
                .step("scan", "virus-scan", Map.of("onInfected", "fail"))
                .step("inspect", "inspect", Map.of(), "scan")
                .step("preview", "thumbnail", Map.of("sizes", sizes()), "scan")
                .step("text", "extract-text", Map.of(), "scan")
                .step("ocr", "ocr", Map.of("pdf", true), "scan", "inspect")
                .stepOn(
                        "preview",
                        "smaller",
                        "thumbnail",
                        Map.of("sizes", List.of(size(40, INSIDE))))
                .stepOn("ocr", "reread", "extract-text", Map.of());
    }

    private static List<Map<String, Object>> sizes() {
        return List.of(size(120, COVER), size(400, INSIDE));
    }

    private static Map<String, Object> size(int side, String fit) {
        return Map.of("width", side, "height", side, "fit", fit);
    }

    private boolean noteProgress(JsonNode seen) {
        percents.add(seen.at("/progress/percent").asInt());
        return Api.hasEnded(seen);
    }

    private String id(String name) {
        return Objects.requireNonNull(ids.get(name), name);
    }

    @Test
    void everyFileHasItsResultAndOneBadFileCostsOnlyItself() {
        assertEquals("PARTIALLY_SUCCEEDED", job.state());
        assertEquals(
                Set.copyOf(ids.values()),
                job.files().stream()
                        .map(file -> file.path("fileId").asText())
                        .collect(Collectors.toSet()));
        assertEquals(ids.size(), job.files().size());
        assertEquals(job.tasks().size(), job.job().at("/counts/total").asInt());
    }

    @Test
    void progressWasToldOnTheWay() {
        assertTrue(percents.size() > 2, percents::toString);
        assertTrue(percents.last() < 100, "not every task succeeded: " + percents);
        assertEquals(percents.last(), job.job().at("/progress/percent").asInt());
    }

    @Test
    void theSameResultsComeAsOneJsonObjectALine() {
        Response response =
                api.request()
                        .accept("application/x-ndjson")
                        .get(job.job().at("/links/results").asText());
        assertEquals(200, response.statusCode());
        assertEquals(job.files(), response.asString().lines().map(Api::parse).toList());
    }

    @Test
    void thumbnailsAreUprightAndOfTheSizesAskedFor() throws IOException {
        List<JsonNode> outputs = job.outputs(id(Samples.PHOTO), "preview");
        assertEquals(2, outputs.size());
        Picture cover = picture(outputs.getFirst());
        Picture inside = picture(outputs.get(1));
        assertEquals("120x120", cover.size());
        assertEquals("300x400", inside.size(), "a photo lying on its side must be turned");
        assertTrue(
                inside.blueness(0.05) > 0 && inside.blueness(0.95) < 0,
                "the sky must be above the meadow");
        assertFalse(inside.metadata(), "metadata must not be published");
    }

    private Picture picture(JsonNode output) throws IOException {
        assertEquals("image/jpeg", output.path("mediaType").asText());
        return Picture.of(api.content(output.path("id").asText()));
    }

    @Test
    void aStepRunsOnceOnEachOutputOfTheStepItTakesAsInput() throws IOException {
        List<JsonNode> tasks = job.tasks(id(Samples.PHOTO), "smaller");
        assertEquals(
                job.outputs(id(Samples.PHOTO), "preview").stream()
                        .map(output -> output.path("name").asText())
                        .toList(),
                tasks.stream().map(task -> task.path("inputName").asText()).toList());
        assertEquals("40x40", picture(tasks.get(0).at("/outputs/0")).size());
        assertEquals("30x40", picture(tasks.get(1).at("/outputs/0")).size());
    }

    @Test
    void inspectTellsWhatAFileIsWhateverItsNameSays() {
        JsonNode photo = job.result(id(Samples.PHOTO), "inspect");
        assertEquals(900, photo.at("/image/width").asInt());
        assertEquals(6, photo.at("/image/orientation").asInt());
        assertEquals(2, job.result(id(Samples.PDF), "inspect").at("/pdf/pages").asInt());
        assertEquals(
                "application/pdf",
                job.result(id(Samples.DISGUISED), "inspect").path("mediaType").asText());
    }

    @Test
    void textComesOutOfEveryKindOfDocument() {
        assertTrue(text(Samples.PDF).contains("No sack is ever lost"));
        assertTrue(text(Samples.NOTES).contains("木曜日: 新しい石が届いた。"));
        assertTrue(text(Samples.CSV).contains("spring tide, gate opened late"));
        assertTrue(text(Samples.DISGUISED).contains("Not a photograph"));
    }

    private String text(String name) {
        JsonNode output = job.outputs(id(name), "text").getFirst();
        return new String(api.content(output.path("id").asText()), StandardCharsets.UTF_8);
    }

    @Test
    void aScannedPageIsReadAndItsPdfCanBeSearched() {
        Skip.unless(ocr, "no OCR engine; ./tidemill engines installs it");
        List<JsonNode> outputs = job.outputs(id(Samples.SCAN), "ocr");
        assertEquals(
                List.of("text/plain", "application/pdf"),
                outputs.stream().map(output -> output.path("mediaType").asText()).toList());
        byte[] pdf = api.content(outputs.get(1).path("id").asText());
        assertEquals("%PDF", new String(pdf, 0, 4, StandardCharsets.US_ASCII));
        List<JsonNode> reread = job.tasks(id(Samples.SCAN), "reread");
        assertEquals(2, reread.size());
        reread.forEach(task -> assertTrue(words(task).contains("twelve sacks of wheat")));
    }

    private String words(JsonNode task) {
        byte[] text = api.content(task.at("/outputs/0/id").asText());
        return new String(text, StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    @Test
    void aTruncatedPhotoFailsAlone() {
        assertEquals("INVALID_INPUT", job.error(id(Samples.TRUNCATED), "preview"));
        assertEquals("clean", job.result(id(Samples.TRUNCATED), "scan").path("verdict").asText());
    }

    @Test
    void anInfectedFileFailsAndIsGivenToNoOtherStep() {
        assertEquals("INFECTED", job.error(id(Eicar.NAME), "scan"));
        assertEquals("SKIPPED", job.task(id(Eicar.NAME), "inspect").path("state").asText());
        assertEquals("SKIPPED", job.task(id(Eicar.NAME), "text").path("state").asText());
    }

    @Test
    void aTypeThatAStepDoesNotTakeFailsThatStepOnly() {
        assertEquals("UNSUPPORTED_TYPE", job.error(id(Samples.NOTES), "preview"));
        assertEquals("UNSUPPORTED_TYPE", job.error(id(Samples.DISGUISED), "preview"));
    }
}
