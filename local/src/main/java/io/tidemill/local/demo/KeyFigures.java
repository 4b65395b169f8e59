package io.tidemill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes a short text of an operation's result: its plain values, as many as fit on a line. */
final class KeyFigures {
    private static final int MAX_LENGTH = 60;
    private static final int MAX_VALUE_LENGTH = 40;
    private static final Set<String> DULL = Set.of("sha256", "scannerVersion", "readable");

    private KeyFigures() {}

    static String of(JsonNode result) {
        List<String> figures = new ArrayList<>();
        collect(result, figures);
        StringBuilder text = new StringBuilder();
        for (String figure : figures) {
            if (text.length() + figure.length() < MAX_LENGTH) {
                text.append(text.isEmpty() ? "" : ", ").append(figure);
            }
        }
        return text.toString();
    }

    private static void collect(JsonNode values, List<String> figures) {
        values.properties()
                .forEach(
                        value -> {
                            if (value.getValue().isObject()) {
                                collect(value.getValue(), figures);
                            } else if (value.getValue().isArray()) {
                                figures.add(value.getKey() + " " + value.getValue().size());
                            } else if (isInteresting(value.getKey(), value.getValue())) {
                                figures.add(value.getKey() + " " + value.getValue().asText());
                            }
                        });
    }

    private static boolean isInteresting(String name, JsonNode value) {
        return !DULL.contains(name) && value.asText().length() <= MAX_VALUE_LENGTH;
    }
}
