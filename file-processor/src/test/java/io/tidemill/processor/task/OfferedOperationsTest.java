package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.contract.OperationDescriptor;
import io.tidemill.processor.operation.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferedOperationsTest {
    private static final TestOperation COPY =
            new TestOperation("copy", _ -> new Outcome.Done(Map.of(), List.of()));

    @Test
    void anOperationWithoutDescriptorOrTheOtherWayRoundIsNamed() {
        IllegalStateException refused =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                new OfferedOperations(
                                        List.of(TestOperation.descriptor("described")),
                                        List.of(COPY),
                                        false));
        assertEquals(
                "Operations and descriptors do not match. Without a descriptor in job-contract:"
                        + " [copy]; without an operation in BuiltinOperations: [described]",
                refused.getMessage());
    }

    @Test
    void everyDescriptorOnTheClassPathCanBeRead() throws IOException {
        List<OperationDescriptor> descriptors = OfferedOperations.descriptors(new ObjectMapper());
        assertTrue(descriptors.stream().anyMatch(OperationDescriptor::localOnly));
        assertTrue(descriptors.stream().anyMatch(found -> found.name().equals("inspect")));
    }
}
