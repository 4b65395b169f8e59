package io.tidemill.api.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemill.api.delivery.Slots.Room;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** No endpoint takes what others need. */
class SlotsTest {
    private final Slots slots = new Slots(10, 3);
    private final UUID one = new UUID(0, 1);

    private void fail(UUID endpoint) {
        slots.begin(endpoint);
        slots.end(endpoint, false);
    }

    @Test
    void anEndpointGetsItsShare() {
        slots.begin(one);
        assertEquals(List.of(new Room(one, 2)), slots.rooms());
        slots.begin(one);
        slots.begin(one);
        assertEquals(List.of(new Room(one, 0)), slots.rooms());
        assertEquals(7, slots.free());
        slots.end(one, true);
        assertEquals(List.of(new Room(one, 1)), slots.rooms());
    }

    @Test
    void oneThatFailsGetsOneAtATimeUntilSomethingArrives() {
        fail(one);
        assertEquals(List.of(new Room(one, 1)), slots.rooms());
        slots.begin(one);
        assertEquals(List.of(new Room(one, 0)), slots.rooms());
        slots.end(one, true);
        assertEquals(List.of(), slots.rooms());
        assertEquals(10, slots.free());
    }

    @Test
    void thoseThatFailTogetherGetHalfOfAll() {
        for (int i = 1; i <= 8; i++) {
            fail(new UUID(0, i));
        }
        assertEquals(5, slots.rooms().stream().mapToInt(Room::room).sum());
        slots.rooms().stream()
                .filter(room -> room.room() == 1)
                .map(Room::endpoint)
                .forEach(slots::begin);
        assertEquals(0, slots.rooms().stream().mapToInt(Room::room).sum());
        assertEquals(5, slots.free());
    }

    @Test
    void thoseThatFailTakeTurns() {
        for (int i = 1; i <= 8; i++) {
            fail(new UUID(0, i));
        }
        for (int i = 1; i <= 5; i++) {
            fail(new UUID(0, i));
        }
        List<UUID> next =
                slots.rooms().stream()
                        .filter(room -> room.room() == 1)
                        .map(Room::endpoint)
                        .toList();
        assertEquals(
                List.of(6L, 7L, 8L, 1L, 2L),
                next.stream().map(UUID::getLeastSignificantBits).toList());
    }
}
