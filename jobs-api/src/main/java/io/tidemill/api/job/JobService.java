package io.tidemill.api.job;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.change.JobChanges;
import io.tidemill.api.dto.JobList;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.paging.Cursor;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.JobStore;
import io.tidemill.api.store.JobStore.Deletion;
import io.tidemill.api.store.JobStore.Filter;
import io.tidemill.api.store.JobStore.Found;
import io.tidemill.api.web.JobViews;
import io.tidemill.api.web.QueryChoice;
import io.tidemill.api.web.QueryLabels;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads, lists and deletes jobs of one owner. */
@ApplicationScoped
class JobService {
    private final JobStore store;
    private final JobViews views;
    private final JobChanges changes;

    JobService(JobStore store, JobViews views, JobChanges changes) {
        this.store = store;
        this.views = views;
        this.changes = changes;
    }

    /**
     * Reads a job.
     *
     * @throws io.tidemill.api.problem.ProblemException 404 when there is none, 410 when it was
     *     deleted
     */
    Uni<JobSnapshot> get(Caller caller, String jobId) {
        UUID id = id(jobId);
        return store.find(caller.owner(), id)
                .map(
                        found ->
                                switch (found) {
                                    case Found.Present(JobSnapshot job) -> job;
                                    case Found.Deleted() -> throw Problems.gone("job", jobId);
                                    case Found.Unknown() -> throw Problems.notFound("job", jobId);
                                });
    }

    Uni<JobList> list(
            Caller caller,
            @Nullable String state,
            List<String> labels,
            int limit,
            @Nullable String cursor) {
        JobState wanted = QueryChoice.of("state", state, JobState.values());
        QueryLabels.check(labels);
        String list = "jobs " + state + ' ' + labels;
        UUID before =
                Cursor.decode(cursor, caller.owner(), list, 1)
                        .map(keys -> Cursor.uuid(keys.getFirst()))
                        .orElse(null);
        return store.list(caller.owner(), new Filter(wanted, labels, before, limit + 1))
                .chain(
                        jobs -> {
                            List<JobSnapshot> page = jobs.subList(0, Math.min(limit, jobs.size()));
                            String next =
                                    jobs.size() > limit
                                            ? new Cursor(
                                                            caller.owner(),
                                                            list,
                                                            List.of(page.getLast().id().toString()))
                                                    .encode()
                                            : null;
                            return views.jobs(page).map(told -> new JobList(told, next));
                        });
    }

    Uni<Void> delete(Caller caller, String jobId) {
        return store.delete(caller.owner(), id(jobId))
                .invoke(
                        deletion -> {
                            switch (deletion) {
                                case Deletion.Done() -> changes.changed(List.of(id(jobId)));
                                case Deletion.Unknown() -> throw Problems.notFound("job", jobId);
                                case Deletion.NotEnded(JobState state) ->
                                        throw Problems.notEnded(state.name());
                            }
                        })
                .replaceWithVoid();
    }

    /** The id in its public form; what is not one is unknown. */
    static UUID id(String jobId) {
        return TypeId.JOB.parse(jobId).orElseThrow(() -> Problems.notFound("job", jobId));
    }
}
