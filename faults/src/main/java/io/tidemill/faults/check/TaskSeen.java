package io.tidemill.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** One task of a result, as the API tells it. */
record TaskSeen(JsonNode json) {
    private static final List<String> OPEN =
            List.of("BLOCKED", "QUEUED", "DISPATCHED", "RUNNING", "RETRYING");

    String key() {
        return text("fileId") + " " + text("step");
    }

    String step() {
        return text("step");
    }

    String state() {
        return text("state");
    }

    String errorCode() {
        return json.at("/error/code").asText();
    }

    boolean isOpen() {
        return OPEN.contains(state());
    }

    boolean succeeded() {
        return state().equals("SUCCEEDED");
    }

    boolean isOverItsLimit() {
        return json.path("attempt").asInt() > json.path("maxAttempts").asInt()
                || outcomes("FAILED") + outcomes("LOST") > json.path("maxAttempts").asInt();
    }

    /** How many attempts ended so. */
    int outcomes(String outcome) {
        return (int)
                StreamSupport.stream(json.path("attempts").spliterator(), false)
                        .filter(attempt -> attempt.path("outcome").asText().equals(outcome))
                        .count();
    }

    boolean hasResult() {
        return json.hasNonNull("result");
    }

    /** What the task says it read or wrote must be what was sent. */
    boolean isTrueTo(String sha256) {
        return switch (step()) {
            case "inspect" -> json.at("/result/sha256").asText().equals(sha256);
            case "text" -> json.at("/outputs/0/sha256").asText().equals(sha256);
            default -> true;
        };
    }

    private String text(String field) {
        return json.path(field).asText();
    }

    @Override
    public String toString() {
        return "task " + text("id") + " of " + text("jobId") + " (" + step() + ", " + state() + ")";
    }
}
