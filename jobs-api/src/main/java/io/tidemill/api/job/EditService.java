package io.tidemill.api.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.JobChanges;
import io.tidemill.api.event.EventApplication;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.schema.BodyReader;
import io.tidemill.api.store.JobEditStore;
import io.tidemill.api.store.JobEditStore.Edit;
import io.tidemill.api.store.WishStore.Outcome;
import io.tidemill.api.web.EntityTags.Tagged;
import io.tidemill.api.web.JobViews;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Changes what may be changed of a job, and answers with the job. */
@ApplicationScoped
class EditService {
    private final BodyReader bodies;
    private final JobEditStore store;
    private final JobService jobs;
    private final EventApplication events;
    private final JobViews views;

    EditService(
            BodyReader bodies,
            JobEditStore store,
            JobService jobs,
            EventApplication events,
            JobViews views) {
        this.bodies = bodies;
        this.store = store;
        this.jobs = jobs;
        this.events = events;
        this.views = views;
    }

    /** The job as it is then. */
    Uni<Tagged> edit(Caller caller, String jobId, @Nullable JsonNode body) {
        JobChanges changes =
                bodies.read(body, JobChanges.class, "Name a new priority, new labels, or both.");
        Edit edit = new Edit(changes.priority(), changes.labels());
        return store.edit(caller.owner(), JobService.id(jobId), edit)
                .invoke(outcome -> tell(jobId, outcome))
                .chain(() -> jobs.get(caller, jobId))
                .chain(views::current);
    }

    private void tell(String jobId, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(var applied) -> events.tell(applied);
            case Outcome.Unknown() -> throw Problems.notFound("job", jobId);
            case Outcome.Deleted() -> throw Problems.gone("job", jobId);
            case Outcome.NotAllowed(var state) ->
                    throw new IllegalStateException("allowed in any state, not in " + state);
        }
    }
}
