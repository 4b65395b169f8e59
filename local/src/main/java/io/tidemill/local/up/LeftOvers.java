package io.tidemill.local.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.local.process.ProcessMark;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ends processes that an earlier launcher could not end because it was killed itself. */
final class LeftOvers {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private LeftOvers() {}

    /**
     * Reads who ran; must be called only while this launcher holds the data folder.
     *
     * @return how many were ended
     */
    static int end(Path runFile) {
        List<ProcessHandle> alive = alive(runFile);
        alive.forEach(ProcessHandle::destroy);
        if (!Wait.until(GRACE, () -> alive.stream().noneMatch(ProcessHandle::isAlive))) {
            alive.forEach(ProcessHandle::destroyForcibly);
            Wait.until(GRACE, () -> alive.stream().noneMatch(ProcessHandle::isAlive));
        }
        return alive.size();
    }

    private static List<ProcessHandle> alive(Path runFile) {
        if (!Files.exists(runFile)) {
            return List.of();
        }
        try {
            return new ObjectMapper()
                    .readTree(runFile.toFile()).findParents("pid").stream()
                            .flatMap(entry -> mark(entry).stream())
                            .flatMap(mark -> mark.find().stream())
                            .toList();
        } catch (IOException e) {
            // not a file of ours: there is nobody it could name
            return List.of();
        }
    }

    private static Optional<ProcessMark> mark(JsonNode entry) {
        try {
            Instant start = Instant.parse(entry.path("startTime").asText());
            return Optional.of(new ProcessMark(entry.path("pid").asLong(), start));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
