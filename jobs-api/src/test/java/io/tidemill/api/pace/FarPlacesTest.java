package io.tidemill.api.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidemill.api.estimate.QueuedTask.Place;
import io.tidemill.api.estimate.WaitReason;
import io.tidemill.api.store.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FarPlacesTest {
    private static final Instant DUE = Instant.parse("2026-01-01T12:00:00Z");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Waiter FIRST = waiter(1, 1);
    private static final Waiter SECOND_ONE = waiter(2, 1);

    private final FarPlaces places = new FarPlaces();

    private static Waiter waiter(int id, int priority) {
        return new Waiter(
                new UUID(0, id), "me", "standard", "noop", priority, DUE, WaitReason.QUEUE, null);
    }

    private Map<UUID, Place> learn(Waiter waiter, int before) {
        Map<UUID, Place> found = Map.of(waiter.id(), new Place(before, before, true));
        places.learn(List.of(waiter), found, 0);
        return found;
    }

    @Test
    void aFarPlaceIsKeptASecondForEachThousandBeforeIt() {
        Map<UUID, Place> found = learn(FIRST, 3_000);
        assertEquals(found, places.remembered(List.of(FIRST), 3 * SECOND - 1));
        assertNull(places.remembered(List.of(FIRST), 3 * SECOND));
    }

    @Test
    void aNearPlaceIsNotKeptAndReplacesOneThatWasFar() {
        learn(FIRST, 5_000);
        learn(FIRST, 999);
        assertNull(places.remembered(List.of(FIRST), 1));
    }

    @Test
    void anotherClassIsAnotherPlace() {
        learn(FIRST, 5_000);
        assertNull(places.remembered(List.of(waiter(1, 0)), 1));
    }

    @Test
    void allOrNothingIsRemembered() {
        learn(FIRST, 5_000);
        assertNull(places.remembered(List.of(FIRST, SECOND_ONE), 1));
        learn(SECOND_ONE, 5_000);
        Map<UUID, Place> both = places.remembered(List.of(FIRST, SECOND_ONE), 1);
        assertEquals(2, both == null ? 0 : both.size());
    }

    @Test
    void itDoesNotGrowWithoutBound() {
        learn(FIRST, 5_000);
        for (int i = 0; i < 10_000; i++) {
            learn(waiter(100 + i, 1), 5_000);
        }
        assertNull(places.remembered(List.of(FIRST), 1));
    }
}
