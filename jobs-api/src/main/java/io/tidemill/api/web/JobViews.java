package io.tidemill.api.web;

import io.tidemill.api.dto.Eta;
import io.tidemill.api.dto.FileResult;
import io.tidemill.api.dto.Job;
import io.tidemill.api.dto.JobLinks;
import io.tidemill.api.dto.JobProgress;
import io.tidemill.api.dto.Problem;
import io.tidemill.api.dto.ProcessedFiles;
import io.tidemill.api.dto.StepProgress;
import io.tidemill.api.dto.TaskCounts;
import io.tidemill.api.estimate.Estimate;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.StopReason;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.pace.JobEstimates;
import io.tidemill.api.problem.FailureProblems;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.JobSnapshot.StepSnapshot;
import io.tidemill.api.web.EntityTags.Tagged;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs as clients see them. */
@ApplicationScoped
public class JobViews {
    // To be raised when the same state is told in other words.
    private static final int FORMAT = 1;

    private final EntityTags tags;
    private final JobEstimates estimates;

    JobViews(EntityTags tags, JobEstimates estimates) {
        this.tags = tags;
        this.estimates = estimates;
    }

    /** The job as it stands in this snapshot, as JSON, with its tag. */
    public Tagged tagged(JobSnapshot job) {
        return tags.tag(job(job), tag(job));
    }

    /** The job with what became of its files, as JSON, with a tag of its own. */
    public Tagged processed(JobSnapshot job, List<FileResult> files) {
        return tags.tag(new ProcessedFiles(job(job), files));
    }

    /**
     * The tag of a job, which can be told without writing the job. Weak (RFC 9110, section 8.8.1):
     * an estimate may differ between two answers of the same tag.
     */
    public static String tag(JobSnapshot job) {
        int progress = job.steps().stream().mapToInt(StepSnapshot::percent).sum();
        return "W/\"%d-%d-%d\"".formatted(FORMAT, job.sequence(), progress);
    }

    /** Where a job can be read. */
    public static String path(JobSnapshot job) {
        return "/v1/jobs/" + TypeId.JOB.format(job.id());
    }

    /** The job as it stands in this snapshot. */
    public Job job(JobSnapshot job) {
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
                progress(job),
                estimates.of(job).map(JobViews::eta).orElse(null),
                counts(tally),
                new JobLinks(path, path + "/tasks", path + "/results", path + "/events"));
    }

    /** What somebody asked for is no error. */
    private static @Nullable Problem error(@Nullable StopReason stop) {
        return stop == null || stop == StopReason.CANCELLED
                ? null
                : FailureProblems.problem(stop.failure());
    }

    private static JobProgress progress(JobSnapshot job) {
        return new JobProgress(
                job.percent(), job.steps().stream().map(JobViews::step).toList(), currentStep(job));
    }

    private static Eta eta(Estimate estimate) {
        return new Eta(estimate.seconds(), estimate.low(), estimate.high(), estimate.basis());
    }

    private static StepProgress step(StepSnapshot step) {
        return new StepProgress(
                step.id(),
                step.operation(),
                JobState.of(step.tally(), step.begun()),
                step.percent());
    }

    private static @Nullable String currentStep(JobSnapshot job) {
        return job.steps().stream()
                .filter(step -> step.tally().open() > 0)
                .findFirst()
                .map(StepSnapshot::id)
                .orElse(null);
    }

    /** Tasks by state. */
    public static TaskCounts counts(Tally tally) {
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
