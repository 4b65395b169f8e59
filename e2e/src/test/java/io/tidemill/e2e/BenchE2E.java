package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code ./tidemill bench throughput}: everything runs and is measured, too
 * little of it to say anything about speed.
 */
class BenchE2E {
    private static final String SHORT =
            "throughput --tasks 300 --rounds 1 --starts 5 --seconds 2 --uploads 3 --megabytes 8";

    private static final Set<String> OURS =
            Set.of("tidemill, jobs of 100 files", "tidemill, jobs of one file");

    /** Those that need nothing but Maven. */
    private static final Set<String> OTHERS =
            Set.of("db-scheduler", "JobRunr", "bare rows (JDBC)", "bare durable message");

    private static final Set<String> SCENARIOS =
            Set.of("throughput", "start", "submission", "busy API");

    private static final Pattern FIGURES = Pattern.compile("(?m)^Figures are in (.+)$");
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void oursAndOthersAreMeasured(@TempDir Path folder) throws Exception {
        String printed = run(folder.resolve("printed"));
        assertFalse(printed.contains("Left out from now on"), printed);
        List<JsonNode> figures = figures(printed);
        Set<String> measured =
                figures.stream()
                        .filter(figure -> figure.path("what").asText().equals("rate"))
                        .filter(figure -> figure.path("value").asDouble() > 0)
                        .map(figure -> figure.path("system").asText())
                        .collect(Collectors.toSet());
        assertTrue(measured.containsAll(OURS) && measured.containsAll(OTHERS), printed);
        for (String what : List.of("CPU", "commits", "fsyncs", "WAL")) {
            assertEquals(2, ours(figures, what), () -> what + "\n" + printed);
        }
        Set<String> scenarios =
                figures.stream()
                        .filter(figure -> figure.path("value").asDouble() > 0)
                        .map(figure -> figure.path("scenario").asText())
                        .collect(Collectors.toSet());
        assertTrue(scenarios.containsAll(SCENARIOS), printed);
        List<JsonNode> failed =
                figures.stream()
                        .filter(figure -> figure.path("unit").asText().equals("failed"))
                        .toList();
        assertFalse(failed.isEmpty(), printed);
        failed.forEach(figure -> assertEquals(0, figure.path("value").asDouble(), printed));
    }

    private static String run(Path printed) throws IOException, InterruptedException {
        List<String> options = List.of(SHORT.split(" ", -1));
        Process bench = Tidemill.script(printed, Map.of(), "bench", options).start();
        try {
            boolean ended = bench.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String text = Files.readString(printed);
            assertTrue(ended && bench.exitValue() == 0, text);
            return text;
        } finally {
            bench.destroy();
        }
    }

    private static List<JsonNode> figures(String printed) throws IOException {
        Matcher told = FIGURES.matcher(printed);
        assertTrue(told.find(), printed);
        List<JsonNode> figures = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(told.group(1)))) {
            figures.add(JSON.readTree(line));
        }
        return figures;
    }

    private static long ours(List<JsonNode> figures, String what) {
        return figures.stream()
                .filter(figure -> OURS.contains(figure.path("system").asText()))
                .filter(figure -> figure.path("what").asText().equals(what))
                .filter(figure -> figure.path("value").asDouble() > 0)
                .count();
    }
}
