package io.tidemill.api.web;

import io.smallrye.mutiny.Uni;
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
import io.tidemill.api.estimate.QueueOutlook;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.StopReason;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.pace.JobEstimates;
import io.tidemill.api.pace.QueueOutlooks;
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
    private final QueueOutlooks queues;

    JobViews(EntityTags tags, JobEstimates estimates, QueueOutlooks queues) {
        this.tags = tags;
        this.estimates = estimates;
        this.queues = queues;
    }

    /**
     * The job as it stands in this snapshot, as JSON, with its tag. From memory, so it does not
     * tell what it waits for.
     */
    public Tagged tagged(JobSnapshot job) {
        return tags.tag(job(job), tag(job));
    }

    /** The same, and what it waits for. */
    public Uni<Tagged> current(JobSnapshot job) {
        return jobs(List.of(job)).map(told -> tags.tag(told.getFirst(), tag(job)));
    }

    /** The job with what became of its files, as JSON, with a tag of its own. */
    public Uni<Tagged> processed(JobSnapshot job, List<FileResult> files) {
        return jobs(List.of(job)).map(told -> tags.tag(new ProcessedFiles(told.getFirst(), files)));
    }

    /** Jobs as they stand, and what they wait for. */
    public Uni<List<Job>> jobs(List<JobSnapshot> jobs) {
        return queues.ofJobs(jobs)
                .map(told -> jobs.stream().map(job -> job(job, told.get(job.id()))).toList());
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

    /** The job as it stands in this snapshot, without what it waits for. */
    public Job job(JobSnapshot job) {
        return job(job, null);
    }

    private Job job(JobSnapshot job, @Nullable QueueOutlook queue) {
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
                QueueViews.queue(queue),
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
