package io.tidemill.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "3, 3",
        "0.04567, 0.046",
        "-0.5, -0.500",
        "1.004, 1.00",
        "45.678, 45.68",
        "345.678, 345.7",
        "12345.678, 12346"
    })
    void figuresAreShownWithTheDigitsThatCount(double value, String shown) {
        assertEquals(shown, Report.readable(value));
    }

    @Test
    void everyFigureIsALineOfJson(@TempDir Path folder) throws IOException {
        Report report = new Report();
        report.add("polls", "time", 1.25, "ms");
        Comparison comparison = new Comparison("race", "Who is fast");
        comparison.add("hare", "speed", "m/s", 3);
        report.add(comparison);
        Path file = folder.resolve("made").resolve("figures.json");
        report.write(file);
        assertEquals(
                List.of(
                        "{\"scenario\":\"polls\",\"what\":\"time\",\"value\":1.25,\"unit\":\"ms\"}",
                        "{\"scenario\":\"race\",\"what\":\"speed\",\"value\":3.0,\"unit\":\"m/s\","
                                + "\"system\":\"hare\",\"rounds\":[3.0]}"),
                Files.readAllLines(file));
    }
}
