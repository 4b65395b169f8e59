package io.tidemill.api.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodChoreTest {
    /** There are never many periods, and none is shorter than a day. */
    @ParameterizedTest
    @CsvSource({"1, 1", "8, 1", "9, 2", "30, 4", "365, 46"})
    void aPeriodLastsAnEighthOfTheTimeJobsAreKept(int keptDays, int periodDays) {
        assertEquals(Duration.ofDays(periodDays), PeriodChore.length(Duration.ofDays(keptDays)));
    }
}
