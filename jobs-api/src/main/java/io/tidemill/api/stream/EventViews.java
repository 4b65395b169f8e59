package io.tidemill.api.stream;

import io.tidemill.api.dto.JobChangeEvent;
import io.tidemill.api.dto.JobProgressEvent;
import io.tidemill.api.dto.JobSnapshotEvent;
import io.tidemill.api.dto.StepPercent;
import io.tidemill.api.dto.TaskChange;
import io.tidemill.api.dto.TaskState;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.EventStore.JobNow;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.LoggedChange;
import io.tidemill.api.store.LoggedChange.LoggedTask;
import io.tidemill.api.web.JobViews;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Events as clients see them. */
@ApplicationScoped
class EventViews {
    private final JobViews jobs;

    EventViews(JobViews jobs) {
        this.jobs = jobs;
    }

    /**
     * A job as it stands.
     *
     * @param reset what the client has been told before is to be forgotten
     */
    JobSnapshotEvent snapshot(JobSnapshot job, boolean reset) {
        return new JobSnapshotEvent(job.sequence(), reset ? true : null, jobs.job(job));
    }

    JobChangeEvent change(LoggedChange change) {
        return new JobChangeEvent(
                TypeId.JOB.format(change.jobId()),
                change.sequence(),
                change.time(),
                change.generation(),
                change.state(),
                change.percent(),
                JobViews.counts(change.tally()),
                change.tasks().stream().map(EventViews::task).toList());
    }

    private static TaskChange task(LoggedTask task) {
        return new TaskChange(
                TypeId.TASK.format(task.id()),
                task.fileId(),
                task.step(),
                TaskState.valueOf(task.state()),
                task.attempt());
    }

    JobProgressEvent progress(UUID job, JobNow now) {
        return new JobProgressEvent(
                TypeId.JOB.format(job),
                now.percent(),
                now.steps().stream()
                        .map(step -> new StepPercent(step.id(), step.percent()))
                        .toList());
    }
}
