package io.tidemill.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lays the results out for reading: file × step, its state, and what came of it. */
final class ResultTable {
    private ResultTable() {}

    static List<String> lines(List<Row> rows) {
        String format =
                "%%-%ds  %%-%ds  %%-%ds  %%s"
                        .formatted(
                                width(rows, Row::file, "FILE"),
                                width(rows, Row::step, "STEP"),
                                width(rows, Row::state, "STATE"));
        List<String> lines = new ArrayList<>();
        lines.add(format.formatted("FILE", "STEP", "STATE", "RESULT"));
        String file = "";
        for (Row row : rows) {
            String name = row.file().equals(file) ? "" : row.file();
            lines.add(
                    format.formatted(name, row.step(), row.state(), outcome(row)).stripTrailing());
            row.outputs().forEach(path -> lines.add(format.formatted("", "", "", "→ " + path)));
            file = row.file();
        }
        return lines;
    }

    private static String outcome(Row row) {
        return row.code().isEmpty() ? row.figures() : row.code() + ": " + row.problem();
    }

    private static int width(List<Row> rows, Function<Row, String> column, String title) {
        return Math.max(
                title.length(), rows.stream().map(column).mapToInt(String::length).max().orElse(0));
    }
}
