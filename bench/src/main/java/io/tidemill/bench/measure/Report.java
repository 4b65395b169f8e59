package io.tidemill.bench.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All figures of a run, in the order they came. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<ObjectNode> figures = new ArrayList<>();

    /** Adds a figure and prints it. */
    public void add(String scenario, String what, double value, String unit) {
        figures.add(figure(scenario, what, value, unit));
        System.out.printf(
                Locale.ROOT, "%-14s %-62s %12s %s%n", scenario, what, readable(value), unit);
    }

    /** Adds median, 99th percentile and number of some times. */
    public void add(String scenario, String what, Percentiles times) {
        add(scenario, what + ", p50 of " + times.count(), times.median(), "ms");
        add(scenario, what + ", p99", times.at(0.99), "ms");
    }

    /** Adds what a comparison came to, and prints it. */
    public void add(Comparison comparison) {
        figures.addAll(comparison.figures());
        System.out.print(comparison.table());
    }

    static ObjectNode figure(String scenario, String what, double value, String unit) {
        ObjectNode figure = JSON.createObjectNode();
        figure.put("scenario", scenario).put("what", what);
        return figure.put("value", value).put("unit", unit);
    }

    /** Whole numbers and large ones without decimals, small ones with three digits that count. */
    static String readable(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 1_000) {
            return String.valueOf(Math.round(value));
        }
        int decimals = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Writes one line of JSON for each figure. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, figures.stream().map(ObjectNode::toString).toList());
    }
}
