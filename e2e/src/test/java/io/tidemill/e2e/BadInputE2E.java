package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that wants to break the engines: one job with all of it, beside one good file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputE2E {
    private static final String GOOD = "good.txt";
    private static final byte[] TEXT = "nothing wrong here".getBytes(StandardCharsets.US_ASCII);

    private final Api api = Api.of(BadInputE2E.class);
    private final Map<String, String> ids = new HashMap<>();
    private long processor;
    private EndedJob job;

    @BeforeAll
    void runOneJobOnAll() throws IOException {
        processor = SharedTidemill.get().pid(Role.PROCESSOR);
        upload("huge.png", BadFiles.hugePng());
        upload("zip.jpg", BadFiles.zip());
        upload("locked.pdf", BadFiles.lockedPdf());
        upload("truncated.jpg", BadFiles.truncatedJpeg());
        upload("empty.txt", new byte[0]);
        upload("bomb.pdf", BadFiles.textBomb());
        upload(GOOD, TEXT);
        job =
                api.awaitEnd(
                        api.submit(
                                Submission.of(ids.values())
                                        .step("inspect", "inspect", Map.of())
                                        .step("preview", "thumbnail", Map.of())
                                        .step("text", "extract-text", Map.of())
                                        .step("ocr", "ocr", Map.of())));
    }

    private void upload(String name, byte[] content) {
        ids.put(name, api.upload(name, content));
    }

    private String id(String name) {
        return Objects.requireNonNull(ids.get(name), name);
    }

    /** Whatever was wrong, the processor that met it is the one that runs now. */
    @AfterAll
    void theProcessorLivesAndWorks() {
        assertEquals(processor, SharedTidemill.get().pid(Role.PROCESSOR));
        String next = api.submit(Submission.of(id(GOOD)).pipeline("documents"));
        assertEquals("SUCCEEDED", api.awaitEnd(next).state());
    }

    @ParameterizedTest
    @CsvSource({
        "huge.png,      preview, LIMIT_EXCEEDED",
        "zip.jpg,       preview, UNSUPPORTED_TYPE",
        "zip.jpg,       text,    UNSUPPORTED_TYPE",
        "locked.pdf,    text,    PASSWORD_PROTECTED",
        "truncated.jpg, preview, INVALID_INPUT",
        "empty.txt,     preview, UNSUPPORTED_TYPE",
        "bomb.pdf,      text,    LIMIT_EXCEEDED",
    })
    void eachFailsWithTheErrorThatNamesItsFault(String file, String step, String code) {
        assertEquals(code, job.error(id(file), step));
    }

    @ParameterizedTest
    @CsvSource({
        "huge.png,   LIMIT_EXCEEDED",
        "locked.pdf, PASSWORD_PROTECTED",
    })
    void ocrIsNotFooledEither(String file, String code) {
        Skip.unless(
                api.get("/v1/operations/ocr").path("available").asBoolean(),
                "no OCR engine; ./tidemill engines installs it");
        assertEquals(code, job.error(id(file), "ocr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"huge.png", "zip.jpg", "locked.pdf", "empty.txt", "bomb.pdf", GOOD})
    void inspectSaysWhatEachOneIs(String file) {
        JsonNode result = job.result(id(file), "inspect");
        assertEquals(64, result.path("sha256").asText().length());
    }

    @Test
    void theGoodFileIsDoneAndNothingIsLost() {
        assertEquals("PARTIALLY_SUCCEEDED", job.state());
        assertEquals("SUCCEEDED", job.task(id(GOOD), "text").path("state").asText());
        assertEquals(ids.size(), job.files().size());
        assertEquals(ids.size() * 4, job.tasks().size());
    }

    @Test
    void noAnswerShowsTheInsideOfTheSystem() {
        String all = job.files().toString();
        for (String telltale :
                new String[] {"Exception", "at io.tidemill", "/workspace/", "/storage/"}) {
            assertFalse(all.contains(telltale), () -> telltale + " in " + all);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd,                       passwd",
        "..\\..\\windows\\system.ini,            system.ini",
        "a%0D%0ASet-Cookie: b=c.txt,             aSet-Cookie: b=c.txt",
        "nul%00l.txt,                            null.txt",
        "gpj%E2%80%AEtxt.exe,                    gpjtxt.exe",
        "..,                                     unnamed",
    })
    void aNastyNameIsCleanedAndGoesNowhere(String sent, String shown) {
        String stored = storedAs(sent.replace(" ", "%20").replace("\\", "%5C"));
        assertEquals(shown, stored);
    }

    @Test
    void aNameOf4096CharactersIsCutAndKeepsItsExtension() {
        String shown = storedAs("x".repeat(4_092) + ".txt");
        assertEquals(255, shown.length());
        assertTrue(shown.endsWith("x.txt"), shown);
    }

    /** The name in the list of files, after a job has worked on the file and on a copy of it. */
    private String storedAs(String encodedName) {
        Response response =
                api.request()
                        .header(
                                "Content-Disposition",
                                "attachment; filename*=UTF-8''" + encodedName)
                        .contentType("application/octet-stream")
                        .body(TEXT)
                        .post("/v1/files");
        JsonNode file = Api.json(response, 201);
        String id = file.path("id").asText();
        EndedJob ended =
                api.awaitEnd(api.submit(Submission.of(id).step("text", "extract-text", Map.of())));
        assertEquals(1, ended.outputs(id, "text").size());
        assertEquals(file.path("name").asText(), ended.task(id, "text").path("fileName").asText());
        return file.path("name").asText();
    }
}
