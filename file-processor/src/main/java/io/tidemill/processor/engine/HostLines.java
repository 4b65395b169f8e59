package io.tidemill.processor.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import io.tidemill.processor.engine.embedded.HostRequest;
import io.tidemill.processor.operation.Fields;
import java.nio.file.Path;
import java.util.Map;

/**
 * What processor and engine host say to each other, one JSON object a line: a request; then
 * progress, any number of times; then a result or a failure.
 */
final class HostLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private HostLines() {}

    static String request(HostRequest request) {
        return line(
                Map.of(
                        "work", request.work(),
                        "file", request.file().toString(),
                        "folder", request.folder().toString(),
                        "parameters", request.parameters()));
    }

    static HostRequest request(String line) {
        Map<String, Object> object = object(line);
        Fields fields = new Fields(object);
        return new HostRequest(
                fields.text("work", ""),
                Path.of(fields.text("file", "")),
                Path.of(fields.text("folder", "")),
                inner(object, "parameters"));
    }

    static String progress(int percent, String activity) {
        return line(Map.of("percent", percent, "activity", activity));
    }

    static String answer(HostAnswer answer) {
        return switch (answer) {
            case HostAnswer.Result result -> line(Map.of("result", result.values()));
            case HostAnswer.Refusal refusal ->
                    line(
                            Map.of(
                                    "code", refusal.failure().code(),
                                    "errorClass", refusal.failure().errorClass().name(),
                                    "detail", refusal.failure().detail()));
        };
    }

    static HostAnswer answer(Map<String, Object> object) {
        Fields fields = new Fields(object);
        return object.containsKey("result")
                ? new HostAnswer.Result(inner(object, "result"))
                : new HostAnswer.Refusal(
                        new Failure(
                                fields.text("code", ""),
                                ErrorClass.valueOf(fields.text("errorClass", "")),
                                fields.text("detail", "")));
    }

    /**
     * @throws IllegalArgumentException when the line is no JSON object
     */
    static Map<String, Object> object(String line) {
        try {
            return JSON.readValue(line, OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON object", e);
        }
    }

    private static Map<String, Object> inner(Map<String, Object> object, String name) {
        return JSON.convertValue(object.getOrDefault(name, Map.of()), OBJECT);
    }

    private static String line(Map<String, ?> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not plain JSON values", e);
        }
    }
}
