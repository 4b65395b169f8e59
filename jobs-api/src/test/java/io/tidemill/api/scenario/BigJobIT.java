package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tidemill.api.id.TypeId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The largest job there can be. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class BigJobIT extends Scenario {
    private static final int FILES = 10_000;
    private static final String TWENTY_STEPS =
            IntStream.range(0, 20)
                    .mapToObj(i -> "{\"id\": \"s" + i + "\", \"operation\": \"noop\"}")
                    .collect(Collectors.joining(",", "[", "]"));

    @Test
    void aJobOfTenThousandFilesIsAcceptedAndItsResultsAreStreamed() {
        String[] files =
                IntStream.range(0, FILES)
                        .mapToObj(
                                i -> TypeId.FILE.format(new UUID(i, UUID.randomUUID().hashCode())))
                        .toArray(String[]::new);
        files[FILES - 1] = caller.upload(name, "the only one there is");
        String job = caller.submit(NOOP, files);
        JsonPath accepted = caller.job(job);
        assertEquals(FILES, accepted.getInt("counts.total"));
        assertEquals(FILES, accepted.getInt("fileCount"));
        assertEquals(99, accepted.getInt("progress.percent"));

        Response results =
                caller.request().accept("application/x-ndjson").get("/v1/jobs/{id}/results", job);
        String[] lines = results.asString().strip().split("\n");
        assertEquals(FILES, lines.length);
        assertTrue(lines[FILES - 1].contains(files[FILES - 1]));
        assertTrue(lines[4_711].contains(files[4_711]));

        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "PARTIALLY_SUCCEEDED");
    }

    @Test
    void theQueueAtTheBrokerStaysShortHoweverMuchWaits() {
        caller.submit(TWENTY_STEPS, uploadMany());
        processor.await("eight bundles", () -> processor.bundles().size() >= 8 ? true : null);
        processor.awaitApplied();
        assertEquals(8, distinctBundles());
        assertTrue(
                processor.bundles().stream()
                        .allMatch(bundle -> bundle.content().tasks().size() <= 64));

        FakeProcessor.Bundle first = processor.bundles().getFirst();
        first.content().tasks().forEach(processor::take);
        processor.await("room for a ninth", () -> distinctBundles() >= 9 ? true : null);
    }

    /** Those sent twice, because nobody took them, count once. */
    private long distinctBundles() {
        return processor.bundles().stream()
                .map(bundle -> bundle.content().tasks().getFirst().taskId())
                .distinct()
                .count();
    }

    /** As many files as one request may carry. */
    private String[] uploadMany() {
        RequestSpecification request = caller.request();
        for (int i = 0; i < 100; i++) {
            request.multiPart("file", "f" + i, ("x" + i).getBytes(StandardCharsets.UTF_8));
        }
        return request.post("/v1/files").jsonPath().getList("items.id").toArray(String[]::new);
    }
}
