package io.tidemill.bench.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpentTest {
    private static final double EXACT = 1e-9;
    private final Spent spent =
            new Spent(10, 0.5, Map.of("jobs-api", 0.3, "file-processor", 1.7), 1.6, 0.2);

    @Test
    void everyFileGetsItsShare() {
        assertEquals(50, spent.uploadMillis(), EXACT);
        assertEquals(200, spent.jobMillis(), EXACT);
    }

    @Test
    void whatEnginesSpendIsNotOutside() {
        assertEquals(160, spent.engineMillis(), EXACT);
        assertEquals(10, outside("file-processor"), EXACT);
        assertEquals(30, outside("jobs-api"), EXACT);
    }

    @Test
    void whatIsSpentWithoutAJobIsTold() {
        assertEquals(20, spent.idleMillis(), EXACT);
    }

    private double outside(String process) {
        return spent.outsideMillis().getOrDefault(process, Double.NaN);
    }

    @Test
    void theUploadIsNoPartOfTheRatio() {
        assertEquals(1.25, spent.timesBare(1.6), EXACT);
    }

    @Test
    void ofNoFilesThereIsNothingToTell() {
        assertThrows(IllegalArgumentException.class, () -> new Spent(0, 1, Map.of(), 1, 0));
    }
}
