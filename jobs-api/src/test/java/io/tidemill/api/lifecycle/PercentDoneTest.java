package io.tidemill.api.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.lifecycle.PercentDone.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

class PercentDoneTest {
    private static final List<Tally> ALL = Tallies.upTo(2);

    private static int percent(Tally tally, int openPercent) {
        return PercentDone.ofStep(new Work(1, tally, openPercent));
    }

    @Test
    void aHundredPercentMeansThatAllSucceeded() {
        for (Tally tally : ALL) {
            int most = percent(tally, 99 * tally.open());
            assertEquals(tally.succeeded() == tally.total(), most == 100, tally.toString());
        }
    }

    @Test
    void percentNeverFallsWhileTasksEnd() {
        for (Tally tally : ALL) {
            if (tally.running() > 0) {
                int others = 99 * (tally.running() - 1);
                Tally succeeded = tally.plus(new Tally(0, 0, -1, 0, 1, 0, 0, 0));
                Tally failed = tally.plus(new Tally(0, 0, -1, 0, 0, 1, 0, 0));
                int before = percent(tally, others + 99);
                assertTrue(percent(succeeded, others) >= before, tally.toString());
                assertTrue(percent(failed, others) >= before, tally.toString());
            }
        }
    }

    @Test
    void openTasksAddTheirShare() {
        Tally four = new Tally(0, 1, 2, 0, 1, 0, 0, 0);
        assertEquals(25, percent(four, 0));
        assertEquals(50, percent(four, 50 + 50));
        assertEquals(99, percent(new Tally(0, 0, 1, 0, 2_000_000_000 - 1, 0, 0, 0), 99));
    }

    @Test
    void stepsCountByTheirWeight() {
        Work quick = new Work(10, new Tally(0, 0, 0, 0, 4, 0, 0, 0), 0);
        Work slow = new Work(990, new Tally(4, 0, 0, 0, 0, 0, 0, 0), 0);
        assertEquals(1, PercentDone.ofJob(List.of(quick, slow)));
        Work half = new Work(990, new Tally(0, 0, 4, 0, 0, 0, 0, 0), 200);
        assertEquals(50, PercentDone.ofJob(List.of(quick, half)));
    }

    @Test
    void aJobIsDoneWhenAllItsStepsAre() {
        Work succeeded = new Work(1_000, new Tally(0, 0, 0, 0, 2, 0, 0, 0), 0);
        Work skipped = new Work(1, new Tally(0, 0, 0, 0, 1, 0, 0, 1), 0);
        assertEquals(100, PercentDone.ofJob(List.of(succeeded, succeeded)));
        assertEquals(99, PercentDone.ofJob(List.of(succeeded, skipped)));
    }
}
