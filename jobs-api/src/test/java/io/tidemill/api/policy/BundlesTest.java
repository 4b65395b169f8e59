package io.tidemill.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BundlesTest {
    private static final int ROOMY = 100;

    private static List<Integer> sizes(Bundles bundles, int... millis) {
        IntStream.of(millis).forEach(cost -> assertTrue(bundles.add(Tasks.of("a", cost))));
        return bundles.all().stream().map(List::size).toList();
    }

    private static int[] times(int count, int millis) {
        return IntStream.generate(() -> millis).limit(count).toArray();
    }

    @Test
    void nothingMakesNoBundle() {
        assertEquals(List.of(), sizes(new Bundles(100, 64, ROOMY)));
    }

    @Test
    void shortTasksTravelTogetherUpToABundlesWork() {
        assertEquals(List.of(5, 5, 2), sizes(new Bundles(100, 64, ROOMY), times(12, 20)));
    }

    @Test
    void aLongTaskTravelsAlone() {
        assertEquals(List.of(1, 1, 2), sizes(new Bundles(100, 64, ROOMY), 10, 5_000, 10, 10));
    }

    @Test
    void aTaskThatTookOthersDownTravelsAlone() {
        Bundles bundles = new Bundles(100, 64, ROOMY);
        WaitingTask first = Tasks.of("a", 1);
        WaitingTask alone = Tasks.alone("a");
        WaitingTask third = Tasks.of("a", 1);
        List.of(first, alone, third).forEach(bundles::add);
        assertEquals(List.of(List.of(first, third), List.of(alone)), bundles.all());
    }

    @Test
    void noBundleHasMoreTasksThanAllowed() {
        assertEquals(List.of(64, 64, 2), sizes(new Bundles(100, 64, ROOMY), times(130, 1)));
    }

    @Test
    void thereAreNoMoreBundlesThanThereIsRoomFor() {
        Bundles bundles = new Bundles(100, 2, 2);
        assertEquals(List.of(2, 2), sizes(bundles, times(4, 1)));
        assertFalse(bundles.add(Tasks.of("a", 1)));
        assertFalse(bundles.add(Tasks.alone("a")));
        assertEquals(2, bundles.all().size());
    }

    @Test
    void theLastBundleTakesAShorterOne() {
        Bundles bundles = new Bundles(100, 64, 1);
        assertTrue(bundles.add(Tasks.of("a", 60)));
        assertFalse(bundles.add(Tasks.of("a", 50)));
        assertTrue(bundles.add(Tasks.of("b", 40)));
    }
}
