package io.tidemill.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The body of a request that submits a job. */
final class Submission {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode body = JSON.createObjectNode();

    private Submission(Collection<String> fileIds) {
        body.putPOJO("files", List.copyOf(fileIds));
    }

    static Submission of(String... fileIds) {
        return new Submission(List.of(fileIds));
    }

    static Submission of(Collection<String> fileIds) {
        return new Submission(fileIds);
    }

    Submission pipeline(String name) {
        body.put("pipeline", name);
        return this;
    }

    /** Nothing begins before. */
    Submission at(Instant time) {
        body.put("scheduleTime", time.toString());
        return this;
    }

    /** A step on the file itself. */
    Submission step(String id, String operation, Map<String, ?> parameters, String... needs) {
        ObjectNode step = body.withArray("/steps").addObject();
        step.put("id", id).put("operation", operation);
        step.putPOJO("parameters", parameters);
        step.putPOJO("needs", List.of(needs));
        return this;
    }

    /** A step on each of the outputs of another one. */
    Submission stepOn(String input, String id, String operation, Map<String, ?> parameters) {
        ObjectNode step = body.withArray("/steps").addObject();
        step.put("id", id).put("operation", operation).put("input", input);
        step.putPOJO("parameters", parameters);
        step.putPOJO("needs", List.of(input));
        return this;
    }

    String json() {
        return body.toString();
    }
}
