package io.tidemill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One line of the table: one step on one file.
 *
 * @param problem empty when there is none
 * @param code of the problem; empty when there is none
 * @param outputs where the files the step made were saved
 */
record Row(
        String file,
        String step,
        String state,
        String figures,
        String code,
        String problem,
        List<String> outputs) {
    Row {
        outputs = List.copyOf(outputs);
    }

    static Row of(JsonNode task, List<String> outputs) {
        return new Row(
                task.path("fileName").asText(),
                task.path("step").asText(),
                task.path("state").asText(),
                KeyFigures.of(task.path("result")),
                task.path("error").path("code").asText(),
                task.path("error").path("detail").asText(),
                outputs);
    }

    boolean failed() {
        return state.equals("FAILED");
    }
}
