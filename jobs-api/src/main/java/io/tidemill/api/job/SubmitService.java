package io.tidemill.api.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.JobSubmission;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.failpoint.Failpoint;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.plan.NewJob;
import io.tidemill.api.plan.PlannedTask;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.Answer;
import io.tidemill.api.store.IdempotencyClaim;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.SubmitStore;
import io.tidemill.api.store.SubmitStore.Submitted;
import io.tidemill.api.telemetry.TraceParent;
import io.tidemill.api.web.EntityTags;
import io.tidemill.api.web.IdempotencyKeys;
import io.tidemill.api.web.JobViews;
import io.tidemill.contract.Failure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes a submission: checks it, writes it in one transaction, and has it dispatched. */
@ApplicationScoped
class SubmitService {
    static final int MOST_FILES = 10_000;
    static final int MOST_SYNCHRONOUS_FILES = 1_000;
    private static final int ACCEPTED = 202;
    private static final int MOST_ERRORS = 100;

    private final SubmissionReader reader;
    private final SubmitStore store;
    private final Admission admission;
    private final JobViews views;
    private final IdSource ids;

    SubmitService(
            SubmissionReader reader,
            SubmitStore store,
            Admission admission,
            JobViews views,
            IdSource ids) {
        this.reader = reader;
        this.store = store;
        this.admission = admission;
        this.views = views;
        this.ids = ids;
    }

    /** Who asks, and what the request says beside its body. */
    record Request(Caller caller, @Nullable String idempotencyKey, @Nullable String traceparent) {}

    /** Completes when the job is committed, or was before under the same key. */
    Uni<Submitted> submit(Request request, JsonNode body, int mostFiles) {
        Caller caller = request.caller();
        IdempotencyClaim claim =
                IdempotencyKeys.claim(caller, request.idempotencyKey(), "job", body.toString());
        SubmissionReader.Read read = reader.read(body, mostFiles);
        NewJob job = newJob(request, read);
        Consumer<List<PlannedTask>> usable = SubmitService::requireUsable;
        return admission.admit(
                job,
                claim != null,
                room ->
                        store.submit(job, claim, usable.andThen(room), this::answer)
                                .invoke(() -> Failpoint.reached("submit.committed")));
    }

    private NewJob newJob(Request request, SubmissionReader.Read read) {
        JobSubmission submission = read.submission();
        return new NewJob(
                ids.next(),
                request.caller().owner(),
                submission.files(),
                submission.pipeline(),
                read.steps(),
                read.retries(),
                Objects.requireNonNullElse(submission.priority(), Priority.NORMAL),
                Objects.requireNonNullElse(submission.labels(), Map.of()),
                submission.clientReference(),
                read.terms(),
                traceparent(request),
                webhook(submission.webhook()));
    }

    /** Our own span when there is telemetry, otherwise what the caller sent. */
    private static @Nullable String traceparent(Request request) {
        String own = TraceParent.of(Span.current());
        return own == null ? TraceParent.checked(request.traceparent()) : own;
    }

    private static @Nullable UUID webhook(@Nullable String id) {
        return id == null
                ? null
                : TypeId.WEBHOOK_ENDPOINT.parse(id).orElseThrow(Problems::unknownWebhook);
    }

    private Answer answer(JobSnapshot job) {
        EntityTags.Tagged tagged = views.tagged(job);
        return new Answer(ACCEPTED, JobViews.path(job), tagged.etag(), tagged.body());
    }

    /** At least one task must be able to run. */
    private static void requireUsable(List<PlannedTask> tasks) {
        if (tasks.stream().allMatch(task -> task.state().ended())) {
            throw Problems.noUsableFile(errors(tasks));
        }
    }

    private static List<FieldError> errors(List<PlannedTask> tasks) {
        List<FieldError> errors = new ArrayList<>();
        int last = -1;
        for (PlannedTask task : tasks) {
            Failure failure = task.failure();
            if (failure != null && task.fileOrdinal() != last && errors.size() < MOST_ERRORS) {
                last = task.fileOrdinal();
                errors.add(
                        new FieldError("/files/" + last, failure.code() + ": " + failure.detail()));
            }
        }
        return errors;
    }
}
