package io.tidemill.faults;

import io.tidemill.faults.check.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lays the reports out for reading. */
final class ResultTable {
    private static final String FORMAT =
            "%-38s %-7s %8s %8s %6s %6s %5s %4s %4s %5s %5s %5s %5s %5s  %s";

    private ResultTable() {}

    static List<String> lines(List<RowReport> reports) {
        List<String> lines = new ArrayList<>();
        lines.add(
                FORMAT.formatted(
                        "ROW",
                        "VERDICT",
                        "FIRST s",
                        "ALL s",
                        "TOLD",
                        "ENDED",
                        "LOST",
                        "DUP",
                        "STUCK",
                        "DIFF",
                        "FAIL",
                        "SUPER",
                        "LIMIT",
                        "SUM",
                        "INJECTED"));
        reports.forEach(report -> lines.add(line(report).stripTrailing()));
        return lines;
    }

    private static String line(RowReport report) {
        Counts counts = report.counts().orElse(new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        return FORMAT.formatted(
                report.row(),
                report.verdict(),
                seconds(report.firstProgress()),
                seconds(report.recovery()),
                counts.accepted(),
                counts.ended(),
                counts.lost(),
                counts.duplicated(),
                counts.stuck(),
                counts.unsteady(),
                counts.failed(),
                counts.superseded(),
                counts.attemptsOverLimit(),
                counts.checksumMismatches(),
                report.counts().isPresent()
                        ? injected(report.injected())
                        : String.join("; ", report.reasons()));
    }

    private static String seconds(Optional<Double> seconds) {
        return seconds.map(value -> "%.1f".formatted(value)).orElse("-");
    }

    private static String injected(Map<String, Integer> injected) {
        return new TreeMap<>(injected)
                .entrySet().stream()
                        .map(entry -> entry.getValue() + " × " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }
}
