package io.tidemill.api.stream;

import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.store.OwnerEventStore.OwnedChange;
import io.tidemill.api.web.QueryChoice;
import io.tidemill.api.web.QueryLabels;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which jobs a client wants to hear of.
 *
 * @param labels all of them must be the job's, each {@code name:value}
 * @param states the job must be in one of them after the change; whichever when empty
 */
record StreamFilter(List<String> labels, Set<JobState> states) {
    private static final int MOST_LABELS = 8;

    /**
     * Reads it from what a client has sent.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when a label or state is none
     */
    static StreamFilter of(List<String> labels, List<String> states) {
        QueryLabels.check(labels, MOST_LABELS);
        Set<JobState> wanted = EnumSet.noneOf(JobState.class);
        for (String state : states) {
            wanted.add(QueryChoice.required("state", state, JobState.values()));
        }
        return new StreamFilter(List.copyOf(labels), wanted);
    }

    boolean wants(OwnedChange change) {
        return (states.isEmpty() || states.contains(change.change().state()))
                && labels.stream().allMatch(label -> has(change.labels(), label));
    }

    private static boolean has(Map<String, String> labels, String label) {
        int colon = label.indexOf(':');
        return label.substring(colon + 1).equals(labels.get(label.substring(0, colon)));
    }
}
