package io.tidemill.api.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadWatchTest {
    private static Duration pause(long tookMillis) {
        return LoadWatch.pause(Duration.ofMillis(tookMillis), Duration.ofSeconds(1));
    }

    @Test
    void quickCountsAreMadeAtTheInterval() {
        assertEquals(Duration.ofSeconds(1), pause(0));
        assertEquals(Duration.ofSeconds(1), pause(50));
    }

    @Test
    void slowCountsTakeATwentiethOfTheTimeAtMost() {
        assertEquals(Duration.ofMillis(1_900), pause(100));
        assertEquals(Duration.ofSeconds(38), pause(2_000));
    }
}
