package io.tidemill.contract.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps the code from drifting away from {@code openapi.yaml}: every call has exactly one resource
 * method named after its operationId, and every object schema one record with the same fields.
 */
public final class ServerMatchesContract {
    private final ContractDocument document;

    /** Compares with the contract of this project. */
    public ServerMatchesContract() {
        this(ContractDocument.find());
    }

    ServerMatchesContract(ContractDocument document) {
        this.document = document;
    }

    /**
     * Compares resource classes with the paths of the contract.
     *
     * @param answeredElsewhere prefix of the paths a framework answers, such as {@code /q/}
     * @return what differs, in words
     */
    public List<String> compareCalls(List<Class<?>> resources, String answeredElsewhere) {
        List<String> declared =
                document.operations().stream()
                        .filter(operation -> !operation.path().startsWith(answeredElsewhere))
                        .map(call -> ResourceMethods.call(call.method(), call.path(), call.id()))
                        .toList();
        List<String> answered = ResourceMethods.of(resources);
        List<String> breaches = new ArrayList<>();
        missing(declared, answered).forEach(call -> breaches.add("no resource method for " + call));
        missing(answered, declared).forEach(call -> breaches.add("not in the contract: " + call));
        twice(answered).forEach(call -> breaches.add("answered twice: " + call));
        return breaches;
    }

    /**
     * Compares records with the object schemas of the same names.
     *
     * @param withoutRecord object schemas that need no record, because something else reads or
     *     writes them
     * @return what differs, in words
     */
    public List<String> compareRecords(List<Class<?>> records, Set<String> withoutRecord) {
        Map<String, JsonNode> schemas = objectSchemas();
        Set<String> wanted = new TreeSet<>(schemas.keySet());
        wanted.removeAll(withoutRecord);
        Set<String> given = records.stream().map(Class::getSimpleName).collect(Collectors.toSet());
        List<String> breaches = new ArrayList<>();
        missing(wanted, given).forEach(name -> breaches.add("no record for the schema " + name));
        RecordCheck check = new RecordCheck(new JavaTypes(document));
        for (Class<?> record : records) {
            JsonNode schema = schemas.get(record.getSimpleName());
            breaches.addAll(
                    schema == null
                            ? List.of("no schema for the record " + record.getSimpleName())
                            : check.breaches(record, schema));
        }
        return breaches;
    }

    private Map<String, JsonNode> objectSchemas() {
        Map<String, JsonNode> found = new TreeMap<>();
        document.schemas()
                .forEachEntry(
                        (name, schema) -> {
                            if (schema.has("properties")) {
                                found.put(name, schema);
                            }
                        });
        return found;
    }

    private static Set<String> missing(Collection<String> wanted, Collection<String> given) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(Set.copyOf(given));
        return missing;
    }

    private static List<String> twice(List<String> calls) {
        Function<String, String> withoutName = call -> call.substring(0, call.lastIndexOf(' '));
        return calls.stream()
                .collect(Collectors.groupingBy(withoutName, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }
}
