package io.tidemill.api.job;

import io.tidemill.api.dto.Job;
import io.tidemill.api.dto.JobLinks;
import io.tidemill.api.dto.JobProgress;
import io.tidemill.api.dto.Problem;
import io.tidemill.api.dto.StepProgress;
import io.tidemill.api.dto.TaskCounts;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.StopReason;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.problem.FailureProblems;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.JobSnapshot.StepSnapshot;
import org.jspecify.annotations.Nullable;

/** Jobs as clients see them. Pure. */
final class JobViews {
    private JobViews() {}

    static String path(JobSnapshot job) {
        return "/v1/jobs/" + TypeId.JOB.format(job.id());
    }

    static Job job(JobSnapshot job) {
        Tally tally = job.tally();
        String path = path(job);
        return new Job(
                TypeId.JOB.format(job.id()),
                job.clientReference(),
                job.state(),
                job.generation(),
                job.pipeline(),
                job.fileCount(),
                job.priority(),
                job.labels().isEmpty() ? null : job.labels(),
                job.createTime(),
                job.scheduleTime(),
                job.startTime(),
                job.endTime(),
                job.deadline(),
                error(job.wishes().stop()),
                progress(job, tally),
                counts(tally),
                new JobLinks(path, path + "/tasks", path + "/results"));
    }

    /** What somebody asked for is no error. */
    private static @Nullable Problem error(@Nullable StopReason stop) {
        return stop == null || stop == StopReason.CANCELLED
                ? null
                : FailureProblems.problem(stop.failure());
    }

    private static JobProgress progress(JobSnapshot job, Tally tally) {
        int running = job.steps().stream().mapToInt(StepSnapshot::runningPercent).sum();
        return new JobProgress(
                tally.percent(running),
                job.steps().stream().map(JobViews::step).toList(),
                currentStep(job));
    }

    private static StepProgress step(StepSnapshot step) {
        return new StepProgress(
                step.id(),
                step.operation(),
                JobState.of(step.tally(), step.begun()),
                step.tally().percent(step.runningPercent()));
    }

    private static @Nullable String currentStep(JobSnapshot job) {
        return job.steps().stream()
                .filter(step -> step.tally().open() > 0)
                .findFirst()
                .map(StepSnapshot::id)
                .orElse(null);
    }

    private static TaskCounts counts(Tally tally) {
        return new TaskCounts(
                tally.total(),
                tally.blocked(),
                tally.queued(),
                tally.running(),
                tally.retrying(),
                tally.succeeded(),
                tally.failed(),
                tally.cancelled(),
                tally.skipped());
    }
}
