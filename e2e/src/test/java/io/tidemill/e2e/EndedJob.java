package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A job that has ended.
 *
 * @param files one result for each file, in the order submitted
 */
record EndedJob(JsonNode job, List<JsonNode> files) {

    String state() {
        return job.path("state").asText();
    }

    /** All tasks of all files. */
    List<JsonNode> tasks() {
        return files.stream().flatMap(file -> Api.list(file.path("tasks")).stream()).toList();
    }

    /** The tasks of a step on the file. */
    List<JsonNode> tasks(String fileId, String step) {
        return tasks().stream()
                .filter(task -> task.path("fileId").asText().equals(fileId))
                .filter(task -> task.path("step").asText().equals(step))
                .toList();
    }

    /** The only task of a step on the file. */
    JsonNode task(String fileId, String step) {
        List<JsonNode> found = tasks(fileId, step);
        assertEquals(1, found.size(), () -> step + " of " + fileId + " in " + files);
        return found.getFirst();
    }

    /** The result of the step on the file, which must have succeeded. */
    JsonNode result(String fileId, String step) {
        JsonNode task = task(fileId, step);
        assertEquals("SUCCEEDED", task.path("state").asText(), task::toPrettyString);
        return task.path("result");
    }

    /** The files that the step made of the file. */
    List<JsonNode> outputs(String fileId, String step) {
        return Api.list(task(fileId, step).path("outputs"));
    }

    /** The code with which the step failed on the file. */
    String error(String fileId, String step) {
        JsonNode task = task(fileId, step);
        assertEquals("FAILED", task.path("state").asText(), task::toPrettyString);
        return task.at("/error/code").asText();
    }
}
