package io.tidemill.api.stream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tidemill.api.problem.Problems;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A frame that a client sends.
 *
 * @param type {@code subscribe} or {@code unsubscribe}
 * @param id the client's own name for the subscription
 * @param jobId the job to hear of; without it, all that match the filters
 * @param labels all of them must be the job's, each {@code name:value}
 * @param states the job must be in one of them
 * @param after id of the last event the client has seen
 */
@RegisterForReflection
record SocketRequest(
        @Nullable String type,
        @Nullable String id,
        @Nullable String jobId,
        @Nullable List<String> labels,
        @Nullable List<String> states,
        @Nullable String after) {

    boolean hasFilters() {
        return labels != null || states != null;
    }

    StreamFilter filter() {
        return StreamFilter.of(orNone(labels), orNone(states));
    }

    private static List<String> orNone(@Nullable List<String> given) {
        if (given == null) {
            return List.of();
        }
        if (given.stream().anyMatch(Objects::isNull)) {
            throw Problems.malformed("Labels and states must be texts.");
        }
        return given;
    }
}
