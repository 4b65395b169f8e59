package io.tidemill.contract.testing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares a record with the component schema of the same name, field by field. */
final class RecordCheck {
    private final JavaTypes types;

    RecordCheck(JavaTypes types) {
        this.types = types;
    }

    List<String> breaches(Class<?> record, JsonNode schema) {
        Map<String, RecordComponent> fields = fields(record);
        Set<String> names = new TreeSet<>(fields.keySet());
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        List<String> breaches = new ArrayList<>();
        for (String name : names) {
            JsonNode property = schema.path("properties").path(name);
            RecordComponent field = fields.get(name);
            String where = record.getSimpleName() + "." + name + " ";
            if (property.isMissingNode()) {
                breaches.add(where + "is not in the contract");
            } else if (field == null) {
                breaches.add(where + "is missing from the record");
            } else {
                types.mismatch(property, field.getGenericType())
                        .ifPresent(mismatch -> breaches.add(where + mismatch));
                nullness(field, isRequired(schema, name))
                        .forEach(text -> breaches.add(where + text));
            }
        }
        return breaches;
    }

    private static Map<String, RecordComponent> fields(Class<?> record) {
        Map<String, RecordComponent> fields = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            fields.put(wireName(component), component);
        }
        return fields;
    }

    private static String wireName(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null || renamed.value().isEmpty() ? component.getName() : renamed.value();
    }

    private static boolean isRequired(JsonNode schema, String name) {
        return schema.path("required")
                .valueStream()
                .anyMatch(required -> required.asText().equals(name));
    }

    private static List<String> nullness(RecordComponent field, boolean required) {
        boolean nullable = field.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (required == nullable) {
            return List.of(
                    required
                            ? "is required, so it must not be @Nullable"
                            : "is optional, so it must be @Nullable");
        }
        return List.of();
    }
}
