package io.tidemill.processor.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.FileRef;
import io.tidemill.contract.OfferedOperation;
import io.tidemill.contract.OperationDescriptor;
import io.tidemill.contract.Operations;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The operations this worker runs, each joined to its descriptor. Refuses to exist when the two
 * sets differ: such a processor would fail tasks that the API has every reason to send.
 */
public final class OfferedOperations {
    private record Offer(OperationDescriptor descriptor, Operation operation) {}

    private final Map<String, Offer> offers = new LinkedHashMap<>();

    /**
     * @param localProfile whether operations for drills belong to the set
     * @throws IllegalStateException when an operation or a descriptor lacks its counterpart
     */
    public OfferedOperations(
            List<OperationDescriptor> descriptors,
            List<? extends Operation> operations,
            boolean localProfile) {
        Map<String, Operation> byName = new TreeMap<>();
        operations.forEach(operation -> byName.put(operation.name(), operation));
        Map<String, OperationDescriptor> wanted = new TreeMap<>();
        descriptors.stream()
                .filter(descriptor -> localProfile || !descriptor.localOnly())
                .forEach(descriptor -> wanted.put(descriptor.name(), descriptor));
        requireSame(wanted.keySet(), byName.keySet());
        byName.forEach(
                (name, operation) -> {
                    OperationDescriptor descriptor = wanted.get(name);
                    if (descriptor != null) {
                        offers.put(name, new Offer(descriptor, operation));
                    }
                });
    }

    /** The descriptors on the class path. */
    public static List<OperationDescriptor> descriptors(ObjectMapper json) throws IOException {
        List<OperationDescriptor> descriptors = new ArrayList<>();
        for (String name : Operations.NAMES) {
            try (InputStream in = Operations.open(name)) {
                descriptors.add(json.readValue(in, OperationDescriptor.class));
            }
        }
        return descriptors;
    }

    /** What jobs-api is told about them. */
    public List<OfferedOperation> offered() {
        return offers.values().stream().map(OfferedOperations::offered).toList();
    }

    /** The operation for a task, after all checks that need no bytes. */
    Operation resolve(String name, FileRef input) throws RefusedException {
        Offer offer = offers.get(name);
        if (offer == null) {
            throw new RefusedException(
                    FailureCode.OPERATION_UNAVAILABLE,
                    "This processor does not know the operation " + name + ".");
        }
        if (offer.operation().engine() instanceof Engine.Unavailable(String reason)) {
            throw new RefusedException(FailureCode.OPERATION_UNAVAILABLE, reason);
        }
        requireFits(offer.descriptor(), input);
        return offer.operation();
    }

    private static void requireFits(OperationDescriptor descriptor, FileRef input)
            throws RefusedException {
        if (!descriptor.accepts(input.mediaType())) {
            throw new RefusedException(
                    FailureCode.UNSUPPORTED_TYPE,
                    descriptor.name()
                            + " does not accept "
                            + input.mediaType()
                            + "; it accepts "
                            + String.join(", ", descriptor.accepts())
                            + ".");
        }
        if (input.size() > descriptor.maxInputBytes()) {
            throw new RefusedException(
                    FailureCode.LIMIT_EXCEEDED,
                    descriptor.name()
                            + " takes files up to "
                            + descriptor.maxInputBytes()
                            + " bytes; this one has "
                            + input.size()
                            + ".");
        }
    }

    private static OfferedOperation offered(Offer offer) {
        String name = offer.descriptor().name();
        String version = offer.descriptor().version();
        return switch (offer.operation().engine()) {
            case Engine.Available(String tier, String engine, String engineVersion) ->
                    new OfferedOperation(name, version, tier, engine, engineVersion, null);
            case Engine.Unavailable(String reason) ->
                    new OfferedOperation(name, version, null, null, null, reason);
        };
    }

    private static void requireSame(Set<String> described, Set<String> built) {
        if (!described.equals(built)) {
            throw new IllegalStateException(
                    "Operations and descriptors do not match. Without a descriptor in job-contract: "
                            + without(built, described)
                            + "; without an operation in BuiltinOperations: "
                            + without(described, built));
        }
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> left = new TreeSet<>(all);
        left.removeAll(some);
        return left;
    }
}
