package io.tidemill.api.policy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {
    private static final long SECOND = 1_000;

    private static Outcome play(int slots, boolean fair, List<Arrival> arrivals) {
        return new Simulation(slots, fair, Map.of(), 7).run(arrivals);
    }

    /**
     * What came before a light owner's task: what the slots had, what lay at the broker, and one
     * turn of everybody else who was there, of whom there are few at any moment.
     */
    @ParameterizedTest
    @CsvSource({"20000, 2, 1", "20000, 10, 4", "50000, 100, 10", "50000, 1000, 100"})
    void aBacklogDelaysOthersByAFewTasksOnly(int backlog, int owners, int slots) {
        List<Arrival> arrivals = Scenes.backlog(backlog, owners, slots, SECOND, 7);
        Outcome fair = play(slots, true, arrivals);
        long[] light = fair.waits(arrival -> !arrival.owner().equals(Scenes.HEAVY));
        long atTheBroker = Math.max(8, 2 * slots) * SECOND / slots;
        long most = light[light.length - 1];
        assertTrue(most <= atTheBroker + 4 * SECOND, "waited " + most);
        Outcome first = play(slots, false, arrivals);
        long[] unfair = first.waits(arrival -> !arrival.owner().equals(Scenes.HEAVY));
        assertTrue(
                Outcome.percentile(unfair, 0.5) > 50 * Math.max(1, Outcome.percentile(light, 0.5)),
                "first come, first served is far worse");
        assertTrue(fair.utilisation() > 0.95, "busy " + fair.utilisation());
        assertEquals(arrivals.size(), fair.tasks().size());
    }

    @Test
    void workIsSharedEvenlyHoweverLongTheTasksAre() {
        int owners = 16;
        Outcome outcome = play(4, true, Scenes.unequal(owners, 200 * SECOND));
        long half = owners * 200 * SECOND / 4 / 2;
        long[] shares =
                IntStream.range(0, owners)
                        .mapToLong(i -> outcome.workBefore(Scenes.light(i), half))
                        .toArray();
        assertTrue(Outcome.jain(shares) > 0.98, "Jain's index " + Outcome.jain(shares));
    }

    @Test
    void weightsAreKept() {
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            arrivals.add(new Arrival(0, "once", 1, 100));
            arrivals.add(new Arrival(0, "thrice", 1, 100));
        }
        Outcome outcome = new Simulation(2, true, Map.of("thrice", 3.0), 7).run(arrivals);
        double ratio =
                (double) outcome.workBefore("thrice", 100 * SECOND)
                        / outcome.workBefore("once", 100 * SECOND);
        assertEquals(3, ratio, 0.15);
    }

    @Test
    void noClassStarvesBeyondTenMinutes() {
        Outcome outcome = play(4, true, Scenes.urgent(4, SECOND, 7));
        long[] low = outcome.waits(arrival -> arrival.priority() == 2);
        long most = low[low.length - 1];
        assertTrue(most <= 600 * SECOND + 60 * SECOND, "waited " + most);
        assertTrue(Outcome.percentile(low, 0.5) > 60 * SECOND, "there was something to wait for");
    }
}
