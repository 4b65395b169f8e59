package io.tidemill.faults.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What a job does to each of its files.
 *
 * @param steps in the order in which the API takes them
 */
public record Shape(List<Step> steps) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Shape {
        steps = List.copyOf(steps);
    }

    /**
     * One step of the pipeline.
     *
     * @param needs ids of the steps before it
     */
    public record Step(String id, String operation, Map<String, ?> parameters, List<String> needs) {
        public Step {
            parameters = Map.copyOf(parameters);
            needs = List.copyOf(needs);
        }
    }

    /** Digests at once. */
    public static Shape inspect() {
        return new Shape(List.of(new Step("inspect", "inspect", Map.of(), List.of())));
    }

    /** Waits, digests, waits again: the second and third need the one before. */
    public static Shape chain(int millis) {
        return new Shape(
                List.of(
                        new Step("wait", "noop", wait(millis), List.of()),
                        new Step("inspect", "inspect", Map.of(), List.of("wait")),
                        new Step("rest", "noop", wait(millis / 4), List.of("inspect"))));
    }

    /** Waits and digests side by side. */
    public static Shape pair(int millis) {
        return new Shape(
                List.of(
                        new Step("wait", "noop", wait(millis), List.of()),
                        new Step("inspect", "inspect", Map.of(), List.of())));
    }

    /** Waits, then makes a file of its text. */
    public static Shape text(int millis) {
        return new Shape(
                List.of(
                        new Step("wait", "noop", wait(millis), List.of()),
                        new Step("text", "extract-text", Map.of(), List.of("wait"))));
    }

    /** One drill of the operation noop. */
    public static Shape drill(Map<String, ?> parameters) {
        return new Shape(List.of(new Step("drill", "noop", parameters, List.of())));
    }

    private static Map<String, Integer> wait(int millis) {
        return Map.of("durationMillis", millis);
    }

    /** The body of {@code POST /v1/jobs}. */
    String body(List<SentFile> files, String reference) {
        ObjectNode body = JSON.createObjectNode();
        files.forEach(file -> body.withArray("/files").add(file.id()));
        body.put("clientReference", reference);
        for (Step step : steps) {
            ObjectNode node = body.withArray("/steps").addObject();
            node.put("id", step.id()).put("operation", step.operation());
            node.putPOJO("parameters", step.parameters());
            node.putPOJO("needs", step.needs());
        }
        return body.toString();
    }
}
