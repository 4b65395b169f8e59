package io.tidemill.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Set<String> ALL =
            Set.of("inspect", "virus-scan", "thumbnail", "extract-text", "ocr");

    @Test
    void aFileIsTreatedAsWhatItIsNotAsWhatItIsCalled() {
        List<String> steps = stepsOf("really-a-pdf.jpg", "application/pdf", ALL);
        assertEquals(List.of("inspect", "virus-scan", "extract-text"), steps);
    }

    @Test
    void aScanIsReadAndAPhotoIsNot() {
        assertEquals(
                List.of("inspect", "virus-scan", "thumbnail", "ocr"),
                stepsOf("scanned-page.jpg", "image/jpeg", ALL));
        assertEquals(
                List.of("inspect", "virus-scan", "thumbnail"),
                stepsOf("photo.jpg", "image/jpeg", ALL));
    }

    @Test
    void anOperationThatCannotRunIsLeftOut() {
        assertEquals(
                List.of("inspect", "virus-scan", "thumbnail"),
                stepsOf("scanned-page.jpg", "image/jpeg", Set.of("thumbnail")));
    }

    @Test
    void filesOfOneKindShareAJob() {
        List<JsonNode> files =
                List.of(
                        file("a.png", "image/png"),
                        file("b.csv", "text/csv"),
                        file("c", "image/png"));
        List<JsonNode> jobs = Plan.of(files, ALL).submissions();
        assertEquals(2, jobs.size());
        assertEquals("[\"id of a.png\",\"id of c\"]", jobs.getFirst().path("files").toString());
    }

    @Test
    void nothingIsDoneToAnInfectedFile() {
        JsonNode job = Plan.of(List.of(file("a", "text/plain")), ALL).submissions().getFirst();
        assertEquals("fail", job.at("/steps/1/parameters/onInfected").asText());
        assertEquals("virus-scan", job.at("/steps/2/needs/0").asText());
    }

    private static List<String> stepsOf(String name, String mediaType, Set<String> available) {
        JsonNode job = Plan.of(List.of(file(name, mediaType)), available).submissions().getFirst();
        return job.path("steps").findValuesAsText("operation");
    }

    private static JsonNode file(String name, String mediaType) {
        return new ObjectMapper()
                .createObjectNode()
                .put("id", "id of " + name)
                .put("name", name)
                .put("mediaType", mediaType);
    }
}
