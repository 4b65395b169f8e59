package io.tidemill.api.job;

import io.tidemill.api.dto.TaskState;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.web.QueryChoice;
import org.jspecify.annotations.Nullable;

/** Which of a job's tasks a caller wants to see. */
record TaskQuery(
        @Nullable String state, @Nullable String file, int limit, @Nullable String cursor) {

    /**
     * Reads the query parameters.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when there is no such state, or the file
     *     can be none
     */
    static TaskQuery of(
            @Nullable String state, @Nullable String file, int limit, @Nullable String cursor) {
        TaskState known = QueryChoice.of("state", state, TaskState.values());
        if (file != null && file.chars().anyMatch(Character::isISOControl)) {
            throw Problems.malformed(
                    "The query parameter file must be the id of a file, as submitted.");
        }
        return new TaskQuery(known == null ? null : known.name(), file, limit, cursor);
    }
}
