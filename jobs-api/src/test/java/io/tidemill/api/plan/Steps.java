package io.tidemill.api.plan;

import io.tidemill.contract.FileRef;
import io.tidemill.contract.OperationDescriptor;
import java.util.List;
import java.util.Map;

/** Steps, operations and files for tests of plans. */
final class Steps {
    private Steps() {}

    static OperationDescriptor operation(String name, String... accepts) {
        return new OperationDescriptor(
                name,
                "1.0",
                "For tests.",
                accepts.length == 0 ? List.of("*/*") : List.of(accepts),
                "standard",
                1_000,
                60,
                3,
                OperationDescriptor.STANDARD_SCHEDULE,
                10,
                false,
                Map.of());
    }

    static PlannedStep step(int ordinal, List<Integer> needs, int input) {
        return step(ordinal, operation("op" + ordinal), needs, input);
    }

    static PlannedStep step(
            int ordinal, OperationDescriptor operation, List<Integer> needs, int input) {
        return new PlannedStep(ordinal, "s" + ordinal, operation, "{}", needs, input);
    }

    static FileRef file(String name, String mediaType, long size) {
        return new FileRef(name, mediaType, size, "0".repeat(64));
    }

    static FileRef file(String name) {
        return file(name, "text/plain", 10);
    }
}
