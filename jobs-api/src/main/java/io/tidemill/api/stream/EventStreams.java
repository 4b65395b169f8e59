package io.tidemill.api.stream;

import io.tidemill.api.change.JobChanges;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.JobStore;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes feeds for those who may have them. */
@ApplicationScoped
class EventStreams {
    private final FeedSources sources;

    EventStreams(LogReader log, JobStore jobs, JobChanges changes, EventViews views) {
        this.sources = new FeedSources(log, jobs, changes, views);
    }

    /**
     * What happens to one job.
     *
     * @param after id of the last event the client has seen
     * @throws io.tidemill.api.problem.ProblemException 400 when that is none, 404 when the job's id
     *     is none
     */
    JobFeed job(Caller caller, String jobId, @Nullable String after, Context loop, Outlet outlet) {
        UUID job = TypeId.JOB.parse(jobId).orElseThrow(() -> Problems.notFound("job", jobId));
        return new JobFeed(sources, loop, outlet, caller.owner(), job, Positions.sequence(after));
    }

    /** What happens to all jobs of the caller that it wants to hear of. */
    OwnerFeed owner(
            Caller caller,
            StreamFilter filter,
            @Nullable String after,
            Context loop,
            Outlet outlet) {
        return new OwnerFeed(
                sources, loop, outlet, caller.owner(), filter, Positions.decode(after));
    }
}
