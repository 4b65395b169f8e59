package io.tidemill.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All figures of a run, in the order they came. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<Figure> figures = new ArrayList<>();

    /** One figure. */
    private record Figure(String scenario, String what, double value, String unit) {}

    /** Adds a figure and prints it. */
    void add(String scenario, String what, double value, String unit) {
        Figure figure = new Figure(scenario, what, value, unit);
        figures.add(figure);
        System.out.printf(
                Locale.ROOT,
                "%-14s %-62s %12s %s%n",
                scenario,
                what,
                value == Math.rint(value)
                        ? String.valueOf((long) value)
                        : String.format(Locale.ROOT, "%.2f", value),
                unit);
    }

    /** Adds median, 99th percentile and number of some times. */
    void add(String scenario, String what, Percentiles times) {
        add(scenario, what + ", p50 of " + times.count(), times.median(), "ms");
        add(scenario, what + ", p99", times.at(0.99), "ms");
    }

    /** Writes one line of JSON for each figure. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Figure figure : figures) {
            ObjectNode line = JSON.createObjectNode();
            line.put("scenario", figure.scenario).put("what", figure.what);
            line.put("value", figure.value).put("unit", figure.unit);
            lines.add(line.toString());
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }
}
