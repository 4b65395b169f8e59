package io.tidemill.bench.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemill.bench.measure.ProcessCost;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private final Outcome outcome =
            new Outcome(
                    500,
                    Duration.ofMillis(2_500),
                    Map.of(
                            "jobs-api",
                            new ProcessCost(0.5, 100),
                            "postgres",
                            new ProcessCost(0.25, 100),
                            Outcome.LOAD,
                            new ProcessCost(5, 100)),
                    Optional.empty());

    @Test
    void theRateIsThatOfTheWholeRound() {
        assertEquals(200, outcome.rate());
    }

    @Test
    void whoSubmitsDoesNotCountAsPartOfTheSystem() {
        assertEquals(1.5, outcome.cpuMillis());
    }
}
