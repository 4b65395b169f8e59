package io.tidemill.api.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemill.api.store.DispatchStore.Due;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundlesTest {
    private static List<Integer> sizes(Bundles rules, int... millis) {
        List<Due> due =
                IntStream.of(millis)
                        .mapToObj(cost -> new Due(UUID.randomUUID(), String.valueOf(cost), false))
                        .toList();
        List<List<Due>> bundles = rules.of(due, task -> Long.parseLong(task.operation()));
        assertEquals(due, bundles.stream().flatMap(List::stream).toList(), "order is kept");
        return bundles.stream().map(List::size).toList();
    }

    private static int[] times(int count, int millis) {
        return IntStream.generate(() -> millis).limit(count).toArray();
    }

    @Test
    void nothingMakesNoBundle() {
        assertEquals(List.of(), sizes(new Bundles(100, 64, 1)));
    }

    @Test
    void shortTasksTravelTogetherUpToABundlesWork() {
        assertEquals(List.of(5, 5, 2), sizes(new Bundles(100, 64, 1), times(12, 20)));
    }

    @Test
    void aLongTaskTravelsAlone() {
        assertEquals(List.of(1, 1, 2), sizes(new Bundles(100, 64, 1), 10, 5_000, 10, 10));
    }

    @Test
    void aTaskThatTookOthersDownTravelsAlone() {
        List<Due> due =
                IntStream.range(0, 3)
                        .mapToObj(i -> new Due(UUID.randomUUID(), "1", i == 1))
                        .toList();
        List<List<Due>> bundles = new Bundles(100, 64, 1).of(due, _ -> 1);
        assertEquals(List.of(List.of(due.get(1)), List.of(due.get(0), due.get(2))), bundles);
    }

    @Test
    void noBundleHasMoreTasksThanAllowed() {
        assertEquals(List.of(64, 64, 2), sizes(new Bundles(100, 64, 1), times(130, 0)));
    }

    @Test
    void aSmallJobIsSharedAmongIdleSlots() {
        assertEquals(List.of(1, 1, 1), sizes(new Bundles(100, 64, 8), times(3, 1)));
        assertEquals(
                Stream.generate(() -> 2).limit(8).toList(),
                sizes(new Bundles(100, 64, 8), times(16, 1)));
    }
}
