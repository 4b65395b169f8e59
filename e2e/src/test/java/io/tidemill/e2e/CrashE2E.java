package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever dies by {@code kill -9} while a job runs: the job ends, and every file has its result.
 */
class CrashE2E {
    private static final int SMALL_FILES = 8;

    private final Api api = Api.of(CrashE2E.class);

    @ParameterizedTest
    @EnumSource
    void aJobOutlivesTheDeathOfAnyProcess(Role role) throws IOException {
        List<String> files = files();
        String jobId = api.submit(work(files));
        api.awaitJob(jobId, CrashE2E::isInTheMiddle);
        long killed = SharedTidemill.get().kill(role);
        EndedJob ended = api.awaitEnd(jobId);
        SharedTidemill.get().awaitSuccessor(role, killed);
        assertComplete(files, ended);
    }

    private List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < SMALL_FILES; i++) {
            files.add(api.upload("small-" + i + ".txt", bytes("file " + i)));
        }
        files.add(api.upload(Samples.PHOTO, Samples.read(Samples.PHOTO)));
        files.add(api.upload(Samples.BADGE, Samples.read(Samples.BADGE)));
        return files;
    }

    private static Submission work(List<String> files) {
        return Submission.of(files)
                .step("wait", "noop", Map.of("durationMillis", 700))
                .step("inspect", "inspect", Map.of(), "wait");
    }

    private static boolean isInTheMiddle(JsonNode job) {
        return job.at("/counts/running").asInt() > 0 && job.at("/counts/succeeded").asInt() > 0;
    }

    private static void assertComplete(List<String> files, EndedJob ended) {
        assertEquals("SUCCEEDED", ended.state(), () -> ended.job() + "\n" + ended.files());
        assertEquals(
                files, ended.files().stream().map(file -> file.path("fileId").asText()).toList());
        for (String file : files) {
            ended.result(file, "wait");
            ended.result(file, "inspect");
        }
        assertEquals(files.size() * 2, ended.tasks().size());
        ended.tasks().forEach(CrashE2E::assertWithinItsAttempts);
    }

    private static void assertWithinItsAttempts(JsonNode task) {
        int attempt = task.path("attempt").asInt();
        assertTrue(attempt <= task.path("maxAttempts").asInt(), task::toPrettyString);
        long succeeded =
                Api.list(task.path("attempts")).stream()
                        .filter(a -> a.path("outcome").asText().equals("SUCCEEDED"))
                        .count();
        assertEquals(1, succeeded, task::toPrettyString);
    }

    @Test
    void anAcknowledgedUploadOutlivesTheApi() {
        byte[] content = new byte[300_000];
        ThreadLocalRandom.current().nextBytes(content);
        JsonNode file = Api.json(api.uploading("kept.bin", content), 201);
        long killed = SharedTidemill.get().kill(Role.API);
        SharedTidemill.get().awaitSuccessor(Role.API, killed);
        String id = file.path("id").asText();
        assertEquals(file, api.get("/v1/files/" + id));
        assertArrayEquals(content, api.content(id));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
