package io.tidemill.api.job;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.change.JobMemory;
import io.tidemill.api.change.JobMemory.Known;
import io.tidemill.api.change.JobMemory.Reading;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.JobVersion;
import io.tidemill.api.web.JobViews;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Looks at jobs: in what this replica remembers where that is safe, else in PostgreSQL; and
 * remembers what it saw.
 */
@ApplicationScoped
class JobSight {
    private final JobService jobs;
    private final JobMemory memory;

    JobSight(JobService jobs, JobMemory memory) {
        this.jobs = jobs;
        this.memory = memory;
    }

    /**
     * A look.
     *
     * @param job null when the look went into memory only
     */
    record Seen(Known known, @Nullable JobSnapshot job) {
        boolean ended() {
            return known.ended();
        }

        String etag() {
            return known.tag();
        }
    }

    /**
     * What is remembered of a job and not older than two seconds; null when it has to be read.
     *
     * @throws io.tidemill.api.problem.ProblemException 404 when that is not a job's id
     */
    @Nullable Seen remembered(Caller caller, String jobId) {
        Known known = memory.confirmed(JobService.id(jobId), caller.owner(), System.nanoTime());
        return known == null ? null : new Seen(known, null);
    }

    /** The cheaper of both. */
    Uni<Seen> glance(Caller caller, String jobId) {
        Seen remembered = remembered(caller, jobId);
        return remembered == null ? read(caller, jobId) : Uni.createFrom().item(remembered);
    }

    /** From PostgreSQL; fails like {@link JobService#get}. */
    Uni<Seen> read(Caller caller, String jobId) {
        Reading reading = memory.begin(JobService.id(jobId), System.nanoTime());
        return jobs.get(caller, jobId)
                .map(job -> new Seen(known(caller, job), job))
                .invoke(seen -> memory.learned(reading, seen.known()))
                .onFailure()
                .invoke(_ -> memory.failed(reading, System.nanoTime()));
    }

    /** The job itself: that of the look, or a fresh one when it went into memory only. */
    Uni<JobSnapshot> job(Caller caller, Seen seen, String jobId) {
        JobSnapshot job = seen.job();
        return job == null ? jobs.get(caller, jobId) : Uni.createFrom().item(job);
    }

    private static Known known(Caller caller, JobSnapshot job) {
        return new Known(
                caller.owner(), JobVersion.of(job), JobViews.tag(job), job.state().ended());
    }
}
