package io.tidemill.processor.operation;

import java.util.List;
import java.util.Map;

/** Reads JSON values that a schema has vouched for, filling in defaults. */
public record Fields(Map<String, ?> values) {

    public String text(String name, String fallback) {
        return values.get(name) instanceof String text ? text : fallback;
    }

    public int integer(String name, int fallback) {
        return values.get(name) instanceof Number number ? number.intValue() : fallback;
    }

    public double number(String name, double fallback) {
        return values.get(name) instanceof Number number ? number.doubleValue() : fallback;
    }

    public boolean flag(String name, boolean fallback) {
        return values.get(name) instanceof Boolean flag ? flag : fallback;
    }

    /** The text values of an array; empty when it is absent. */
    public List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The objects of an array; empty when it is absent. */
    public List<Fields> objects(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(Fields::object).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys.
    private static Fields object(Object value) {
        return new Fields((Map<String, ?>) value);
    }
}
