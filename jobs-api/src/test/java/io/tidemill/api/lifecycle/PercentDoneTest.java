package io.tidemill.api.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.lifecycle.PercentDone.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far steps and jobs are, over every small tally. */
class PercentDoneTest {
    private static final List<Tally> ALL =
            Tallies.upTo(2).stream().filter(tally -> tally.total() > 0).toList();
    private static final List<Tally> FEW =
            Tallies.upTo(1).stream().filter(tally -> tally.total() > 0).toList();

    @Test
    void aHundredPercentMeansThatEveryTaskSucceeded() {
        for (Tally tally : ALL) {
            boolean all = tally.succeeded() == tally.total();
            for (int openPercent : List.of(0, 99 * tally.open())) {
                int percent = PercentDone.ofStep(new Work(7, tally, openPercent));
                assertEquals(all, percent == 100, tally.toString());
                assertTrue(percent >= 0 && percent <= 100, tally.toString());
            }
        }
    }

    @Test
    void whatEndedWithoutSuccessStaysBelowAHundred() {
        assertEquals(99, PercentDone.ofStep(new Work(1, new Tally(0, 0, 0, 0, 0, 1, 0, 0), 0)));
        assertEquals(99, PercentDone.ofStep(new Work(1, new Tally(0, 0, 0, 0, 9, 0, 0, 1), 0)));
    }

    @Test
    void percentNeverFallsWhenATaskEndsHoweverItEnds() {
        List<Tally> ends =
                List.of(
                        new Tally(0, 0, -1, 0, 1, 0, 0, 0),
                        new Tally(0, 0, -1, 0, 0, 1, 0, 0),
                        new Tally(0, 0, -1, 0, 0, 0, 1, 0));
        for (Tally tally : ALL) {
            if (tally.running() > 0) {
                int others = 99 * (tally.open() - 1);
                Work before = new Work(3, tally, others + 99);
                for (Tally end : ends) {
                    Work after = new Work(3, tally.plus(end), others);
                    assertTrue(
                            PercentDone.ofStep(after) >= PercentDone.ofStep(before),
                            tally.toString());
                }
            }
        }
    }

    @Test
    void aJobOfOneStepIsAsFarAsThatStepWhateverItsWeight() {
        for (Tally tally : ALL) {
            for (int weight : List.of(1, 150, 3_600_000)) {
                Work work = new Work(weight, tally, 40 * tally.open());
                assertEquals(PercentDone.ofStep(work), PercentDone.ofJob(List.of(work)));
            }
        }
    }

    @Test
    void aJobIsBetweenItsSteps() {
        for (Tally first : FEW) {
            for (Tally second : FEW) {
                Work one = new Work(1, first, 30 * first.open());
                Work two = new Work(1_000, second, 60 * second.open());
                int percent = PercentDone.ofJob(List.of(one, two));
                int low = Math.min(PercentDone.ofStep(one), PercentDone.ofStep(two));
                int high = Math.max(PercentDone.ofStep(one), PercentDone.ofStep(two));
                assertTrue(low <= percent && percent <= high, first + " " + second);
            }
        }
    }

    @Test
    void aStepCountsByItsWeight() {
        Work quickAndDone = new Work(20, new Tally(0, 0, 0, 0, 4, 0, 0, 0), 0);
        Work slow = new Work(180, new Tally(0, 2, 2, 0, 0, 0, 0, 0), 50 + 70);
        assertEquals(100, PercentDone.ofStep(quickAndDone));
        assertEquals(30, PercentDone.ofStep(slow));
        assertEquals(37, PercentDone.ofJob(List.of(quickAndDone, slow)));
    }

    @Test
    void theLargestJobDoesNotOverflow() {
        Tally most = new Tally(0, 200_000, 0, 0, 0, 0, 0, 0);
        Work work = new Work(3_600_000, most, 99 * 200_000);
        assertEquals(99, PercentDone.ofJob(List.of(work, work)));
    }
}
