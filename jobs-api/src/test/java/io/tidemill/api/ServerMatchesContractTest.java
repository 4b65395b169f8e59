package io.tidemill.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemill.contract.testing.CompiledClasses;
import io.tidemill.contract.testing.ServerMatchesContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every call of {@code openapi.yaml} has its resource method, every schema its record. */
class ServerMatchesContractTest {
    private static final CompiledClasses CLASSES = CompiledClasses.of("io.tidemill.api");
    private final ServerMatchesContract contract = new ServerMatchesContract();

    @Test
    void everyCallHasItsResourceMethodAndNoOtherIsThere() {
        assertEquals(List.of(), contract.compareCalls(CLASSES.resources(), "/q/"));
    }

    @Test
    void everySchemaHasItsRecordWithTheSameFields() {
        assertEquals(
                List.of(),
                contract.compareRecords(
                        CLASSES.records("io.tidemill.api.dto"),
                        Set.of("MultipartUpload", "Health", "HealthCheck")));
    }
}
