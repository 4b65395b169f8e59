package io.tidemill.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.local.process.LaunchException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {
    @Test
    void whatIsNotSaidIsAsUsual() {
        BenchOptions options = BenchOptions.parse(List.of("live"));
        assertEquals(new BenchOptions(5_000, 1_000, Duration.ofSeconds(20), 1_000), options);
    }

    @Test
    void allCanBeSaid() {
        String words = "live --streams 7 --rate 8 --seconds 9 --deliveries 10";
        assertEquals(
                new BenchOptions(7, 8, Duration.ofSeconds(9), 10),
                BenchOptions.parse(Arrays.asList(words.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dead",
                "live --streams",
                "live --streams 0",
                "live --rate x",
                "live --deliveries 1001",
                "live --x 1"
            })
    void nonsenseIsSaidToBe(String words) {
        List<String> list = words.isEmpty() ? List.of() : Arrays.asList(words.split(" "));
        LaunchException refusal =
                assertThrows(LaunchException.class, () -> BenchOptions.parse(list));
        assertTrue(refusal.line().length() > 10);
    }
}
