package io.tidemill.api.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.event.EventApplication;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.lifecycle.JobWish;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.WishStore;
import io.tidemill.api.store.WishStore.Outcome;
import io.tidemill.api.web.EntityTags.Tagged;
import io.tidemill.api.web.JobViews;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Has a wish written in one transaction, tells those whom it concerns, and answers with the job.
 */
@ApplicationScoped
class WishService {
    private final SelectorReader selectors;
    private final WishStore store;
    private final JobService jobs;
    private final EventApplication events;
    private final JobViews views;

    WishService(
            SelectorReader selectors,
            WishStore store,
            JobService jobs,
            EventApplication events,
            JobViews views) {
        this.selectors = selectors;
        this.store = store;
        this.jobs = jobs;
        this.events = events;
        this.views = views;
    }

    /** The job as it is then. */
    Uni<Tagged> wish(Caller caller, String jobId, JobWish wish, @Nullable JsonNode selector) {
        return store.wish(caller.owner(), JobService.id(jobId), wish, selectors.selector(selector))
                .invoke(outcome -> tell(jobId, wish, outcome))
                .chain(() -> jobs.get(caller, jobId))
                .chain(views::current);
    }

    private void tell(String jobId, JobWish wish, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(var applied) -> events.tell(applied);
            case Outcome.Unknown() -> throw Problems.notFound("job", jobId);
            case Outcome.Deleted() -> throw Problems.gone("job", jobId);
            case Outcome.NotAllowed(var state) ->
                    throw Problems.notAllowed(wish.name(), state.name(), state.allowed());
        }
    }
}
