package io.tidemill.api.stream;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.store.EventStore;
import io.tidemill.api.store.OwnerEventStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads the log for all streams of this replica, with at most one query of each kind at a time. */
@ApplicationScoped
class LogReader {
    private final Batches<EventStore.Question, EventStore.Answer> jobs;
    private final Batches<OwnerEventStore.Question, OwnerEventStore.Answer> owners;

    LogReader(EventStore jobs, OwnerEventStore owners, Vertx vertx) {
        Context loop = vertx.getOrCreateContext();
        this.jobs = new Batches<>(loop, jobs::read);
        this.owners = new Batches<>(loop, owners::read);
    }

    /**
     * What came after a change of one job.
     *
     * @param behind it is known that something came
     */
    Uni<EventStore.Answer> ask(EventStore.Question question, boolean behind) {
        return jobs.ask(question, behind);
    }

    /**
     * What came after a position in the log of one owner.
     *
     * @param behind it is known that something came
     */
    Uni<OwnerEventStore.Answer> ask(OwnerEventStore.Question question, boolean behind) {
        return owners.ask(question, behind);
    }
}
