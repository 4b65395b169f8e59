package io.tidemill.api.model;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.store.DispatchStore;
import io.tidemill.api.store.OperationLookup;
import io.tidemill.api.store.ReconcileStore;
import io.tidemill.api.store.SubmitStore;
import io.tidemill.api.store.TaskStore;
import io.tidemill.api.store.TimerStore;
import io.tidemill.api.store.WishStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The doors to PostgreSQL, as the service has them. */
@Singleton
class Stores {
    @Inject SubmitStore submissions;
    @Inject DispatchStore dispatch;
    @Inject TaskStore tasks;
    @Inject WishStore wishes;
    @Inject TimerStore timers;
    @Inject ReconcileStore reconcile;
    @Inject OperationLookup operations;

    /** A hang is a failure, too. */
    static <T> T await(Uni<T> action) {
        return action.await().atMost(Duration.ofSeconds(20));
    }
}
