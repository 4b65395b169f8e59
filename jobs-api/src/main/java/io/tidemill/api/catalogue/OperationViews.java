package io.tidemill.api.catalogue;

import io.tidemill.api.dto.Circuit;
import io.tidemill.api.dto.CircuitState;
import io.tidemill.api.dto.Engine;
import io.tidemill.api.dto.Operation;
import io.tidemill.api.store.CircuitStore.Standing;
import io.tidemill.contract.OfferedOperation;
import io.tidemill.contract.OperationDescriptor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Operations as clients see them: what the descriptor says, and what the workers alive now make of
 * it. Pure.
 */
final class OperationViews {
    private static final String NOBODY = "No processor that offers it is running; start one.";

    private OperationViews() {}

    static Operation operation(
            OperationDescriptor descriptor,
            List<OfferedOperation> offered,
            @Nullable Standing standing) {
        List<OfferedOperation> here =
                offered.stream().filter(offer -> offer.name().equals(descriptor.name())).toList();
        List<Engine> engines = here.stream().flatMap(OperationViews::engine).distinct().toList();
        boolean available = !engines.isEmpty();
        return new Operation(
                descriptor.name(),
                descriptor.version(),
                descriptor.summary(),
                descriptor.accepts(),
                descriptor.taskQueue(),
                descriptor.maxInputBytes(),
                descriptor.timeoutSeconds(),
                descriptor.maxAttempts(),
                descriptor.parametersSchema(),
                available,
                available ? null : reason(here),
                engines,
                circuit(standing));
    }

    private static Circuit circuit(@Nullable Standing standing) {
        return standing == null || !standing.holds()
                ? new Circuit(CircuitState.CLOSED, null, null, null)
                : new Circuit(
                        CircuitState.valueOf(standing.state().name()),
                        standing.openSince(),
                        standing.openUntil(),
                        standing.reason());
    }

    private static Stream<Engine> engine(OfferedOperation offer) {
        String tier = offer.tier();
        String name = offer.engine();
        return offer.unavailableReason() != null || tier == null || name == null
                ? Stream.empty()
                : Stream.of(
                        new Engine(
                                tier,
                                name,
                                Objects.requireNonNullElse(offer.engineVersion(), "unknown")));
    }

    private static String reason(List<OfferedOperation> here) {
        return here.stream()
                .map(offer -> Optional.ofNullable(offer.unavailableReason()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(NOBODY);
    }
}
