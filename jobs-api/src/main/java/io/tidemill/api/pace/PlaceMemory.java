package io.tidemill.api.pace;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.estimate.QueuedTask.Place;
import io.tidemill.api.store.QueuePlaces;
import io.tidemill.api.store.QueuePlaces.Flow;
import io.tidemill.api.store.Waiter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds places, and remembers those that are far behind, so that whoever polls a job behind a long
 * line costs no more than others.
 */
@ApplicationScoped
class PlaceMemory {
    private final QueuePlaces places;
    private final FarPlaces far = new FarPlaces();

    PlaceMemory(QueuePlaces places) {
        this.places = places;
    }

    /** The same as {@link QueuePlaces#of}. */
    Uni<Map<UUID, Place>> of(List<Waiter> line, List<Flow> flows) {
        Map<UUID, Place> remembered = far.remembered(line, System.nanoTime());
        return remembered != null
                ? Uni.createFrom().item(remembered)
                : places.of(line, flows).invoke(found -> far.learn(line, found, System.nanoTime()));
    }
}
