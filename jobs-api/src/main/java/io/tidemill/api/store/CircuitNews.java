package io.tidemill.api.store;

import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a batch of reports tells about whether that which operations depend on is there. */
final class CircuitNews {
    private final Map<String, Integer> failures = new TreeMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Set<String> successes = new HashSet<>();

    static boolean lacksDependency(TaskReport report) {
        Failure failure = report.details().failure();
        return failure != null && failure.code().equals(FailureCode.DEPENDENCY_UNAVAILABLE.name());
    }

    void add(String operation, TaskReport report) {
        if (report.signal() instanceof TaskSignal.Succeed) {
            successes.add(operation);
        } else if (report.signal() instanceof TaskSignal.Fail && lacksDependency(report)) {
            failures.merge(operation, 1, Integer::sum);
            Failure failure = report.details().failure();
            reasons.put(operation, failure == null ? "" : failure.detail());
        }
    }

    /** Operations with attempts that lacked something, how many, in the order of their names. */
    Map<String, Integer> failures() {
        return failures;
    }

    String reason(String operation) {
        return reasons.getOrDefault(operation, "");
    }

    /** Operations that worked and did not fail meanwhile. */
    Set<String> successes() {
        Set<String> worked = new HashSet<>(successes);
        worked.removeAll(failures.keySet());
        return worked;
    }
}
