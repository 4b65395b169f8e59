package io.tidemill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a short text of an operation's result: the values a person would look for first. */
final class KeyFigures {
    private static final int MOST = 5;

    private static final List<String> WANTED =
            List.of(
                    "mediaType",
                    "width",
                    "height",
                    "orientation",
                    "verdict",
                    "signature",
                    "scanner",
                    "thumbnails",
                    "pages",
                    "rows",
                    "columns",
                    "words",
                    "characters",
                    "confidence");

    private KeyFigures() {}

    static String of(JsonNode result) {
        Map<String, String> all = new HashMap<>();
        collect(result, all);
        List<String> figures = new ArrayList<>();
        for (String name : WANTED) {
            if (all.containsKey(name) && figures.size() < MOST) {
                figures.add(name + " " + all.get(name));
            }
        }
        return String.join(", ", figures);
    }

    private static void collect(JsonNode values, Map<String, String> all) {
        values.properties()
                .forEach(
                        entry -> {
                            JsonNode value = entry.getValue();
                            if (value.isObject()) {
                                collect(value, all);
                            }
                            String text =
                                    value.isArray() ? String.valueOf(value.size()) : value.asText();
                            all.put(entry.getKey(), text);
                        });
    }
}
