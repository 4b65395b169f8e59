package io.tidemill.processor.operation;

import io.tidemill.contract.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How an attempt ended. */
public sealed interface Outcome {

    /**
     * Done; {@code result} holds key figures (plain JSON values, no nulls), {@code outputs} the
     * files made.
     */
    record Done(Map<String, Object> result, List<Output> outputs) implements Outcome {
        public Done {
            result = Map.copyOf(result);
            outputs = List.copyOf(outputs);
        }
    }

    /** Failed for a reason the caller is told; {@code result} may hold key figures all the same. */
    record Broken(Failure failure, Map<String, Object> result) implements Outcome {
        public Broken {
            result = Map.copyOf(result);
        }

        public Broken(Failure failure) {
            this(failure, Map.of());
        }
    }

    /**
     * A file the operation made, in the attempt's folder, already checked. {@code name} is what its
     * owner will see.
     */
    record Output(Path file, String name, String mediaType) {}
}
