package io.tidemill.bench.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The same things measured of several systems, round after round: a table of medians. */
public final class Comparison {
    private static final String NOTHING = "–";
    private final String scenario;
    private final String title;
    private final Map<String, Map<Column, List<Double>>> systems = new LinkedHashMap<>();
    private final Set<Column> columns = new LinkedHashSet<>();

    private record Column(String what, String unit) {
        String head() {
            return what + " " + unit;
        }
    }

    /**
     * @param title said above the table
     */
    public Comparison(String scenario, String title) {
        this.scenario = scenario;
        this.title = title;
    }

    /** Adds what one round came to; rows and columns stay in the order of their first figures. */
    public void add(String system, String what, String unit, double value) {
        Column column = new Column(what, unit);
        columns.add(column);
        systems.computeIfAbsent(system, _ -> new LinkedHashMap<>())
                .computeIfAbsent(column, _ -> new ArrayList<>())
                .add(value);
    }

    /** The median of what was added; empty if nothing was. */
    public Optional<Double> median(String system, String what) {
        return systems.getOrDefault(system, Map.of()).entrySet().stream()
                .filter(cell -> cell.getKey().what.equals(what))
                .map(cell -> median(cell.getValue()))
                .findFirst();
    }

    /** The middle one; of an even number the lower of the two. */
    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    /** One for each cell, with the values of all rounds. */
    List<ObjectNode> figures() {
        List<ObjectNode> figures = new ArrayList<>();
        systems.forEach(
                (system, cells) ->
                        cells.forEach(
                                (column, values) -> {
                                    ObjectNode figure =
                                            Report.figure(
                                                    scenario,
                                                    column.what,
                                                    median(values),
                                                    column.unit);
                                    figure.put("system", system);
                                    figure.putPOJO("rounds", List.copyOf(values));
                                    figures.add(figure);
                                }));
        return figures;
    }

    /** Lines for people. */
    String table() {
        int first = systems.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder("\n" + title + "\n");
        table.append(pad("", first, true));
        columns.forEach(column -> table.append("  ").append(column.head()));
        table.append('\n');
        systems.forEach(
                (system, cells) -> {
                    table.append(pad(system, first, true));
                    for (Column column : columns) {
                        List<Double> values = cells.getOrDefault(column, List.of());
                        String cell = values.isEmpty() ? NOTHING : Report.readable(median(values));
                        table.append("  ").append(pad(cell, column.head().length(), false));
                    }
                    table.append('\n');
                });
        return table.toString();
    }

    private static String pad(String text, int width, boolean left) {
        return width == 0
                ? text
                : String.format(Locale.ROOT, "%" + (left ? "-" : "") + width + "s", text);
    }
}
