package io.tidemill.api.job;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.change.JobChanges;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.store.Answer;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.SubmitStore.Submitted;
import io.tidemill.api.web.EntityTags;
import io.tidemill.api.web.EntityTags.Tagged;
import io.tidemill.api.web.JobViews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers that may take a while: they wait for a job to end or to change, without holding a thread.
 */
@ApplicationScoped
class WaitService {
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final JobService jobs;
    private final ResultService results;
    private final JobChanges changes;
    private final JobViews views;
    private final Duration processFilesWait;

    WaitService(
            JobService jobs,
            ResultService results,
            JobChanges changes,
            JobViews views,
            ApiConfig config) {
        this.jobs = jobs;
        this.results = results;
        this.changes = changes;
        this.views = views;
        this.processFilesWait = Duration.ofSeconds(config.job().processFilesWait());
    }

    private record Seen(JobSnapshot job, Tagged tagged) {
        boolean ended() {
            return job.state().ended();
        }
    }

    /**
     * The answer to a submission: at once, or when the job has ended and the caller would rather
     * wait for that.
     */
    Uni<Response> answerSubmission(Caller caller, Submitted submitted, Preference preference) {
        Answer first = submitted.answer();
        if (preference.time().isEmpty()) {
            Response.ResponseBuilder answer = Response.status(first.status()).entity(first.body());
            return Uni.createFrom()
                    .item(
                            headers(
                                            answer,
                                            first.location(),
                                            first.etag(),
                                            preference,
                                            Optional.of(1))
                                    .build());
        }
        return until(
                        caller,
                        TypeId.JOB.format(submitted.jobId()),
                        preference.time().get(),
                        Seen::ended)
                .map(
                        seen ->
                                headers(
                                                Response.status(seen.ended() ? OK : ACCEPTED)
                                                        .entity(seen.tagged().body()),
                                                first.location(),
                                                seen.tagged().etag(),
                                                preference,
                                                seen.ended() ? Optional.empty() : Optional.of(1))
                                        .build());
    }

    /** The synchronous form: with every file's result when the job ended in time. */
    Uni<Response> answerWithResults(Caller caller, Submitted submitted, Preference preference) {
        Duration most = preference.time().orElse(processFilesWait);
        String location = submitted.answer().location();
        return until(caller, TypeId.JOB.format(submitted.jobId()), most, Seen::ended)
                .chain(
                        seen ->
                                results.all(seen.job())
                                        .map(
                                                all -> {
                                                    Tagged tagged =
                                                            views.processed(seen.job(), all);
                                                    Response.ResponseBuilder answer =
                                                            Response.status(
                                                                            seen.ended()
                                                                                    ? OK
                                                                                    : ACCEPTED)
                                                                    .entity(tagged.body());
                                                    return headers(
                                                                    answer,
                                                                    location,
                                                                    tagged.etag(),
                                                                    preference,
                                                                    seen.ended()
                                                                            ? Optional.empty()
                                                                            : Optional.of(1))
                                                            .build();
                                                }));
    }

    /** A read: at once, or when the job differs from what the caller holds. */
    Uni<Response> answerRead(
            Caller caller, String jobId, @Nullable String ifNoneMatch, Preference preference) {
        return see(caller, jobId)
                .chain(
                        first -> {
                            String known =
                                    ifNoneMatch == null ? first.tagged().etag() : ifNoneMatch;
                            Predicate<Seen> news =
                                    seen ->
                                            seen.ended()
                                                    || !EntityTags.matches(
                                                            known, seen.tagged().etag());
                            Uni<Seen> seen =
                                    preference.time().isEmpty() || news.test(first)
                                            ? Uni.createFrom().item(first)
                                            : until(caller, jobId, preference.time().get(), news);
                            return seen.map(job -> read(job, ifNoneMatch, preference));
                        });
    }

    private static Response read(Seen seen, @Nullable String ifNoneMatch, Preference preference) {
        String etag = seen.tagged().etag();
        if (EntityTags.matches(ifNoneMatch, etag)) {
            return Response.notModified().header("ETag", etag).build();
        }
        Response.ResponseBuilder answer = Response.ok(seen.tagged().body());
        return headers(
                        answer,
                        null,
                        etag,
                        preference,
                        seen.ended() ? Optional.empty() : Optional.of(1))
                .build();
    }

    private Uni<Seen> until(Caller caller, String jobId, Duration most, Predicate<Seen> enough) {
        return look(caller, jobId, Instant.now().plus(most), enough);
    }

    /** Listens before it looks, so that no change can slip in between. */
    private Uni<Seen> look(Caller caller, String jobId, Instant deadline, Predicate<Seen> enough) {
        JobChanges.Watch watch = changes.watch(JobService.id(jobId));
        return see(caller, jobId)
                .chain(
                        seen -> {
                            Duration left = Duration.between(Instant.now(), deadline);
                            return enough.test(seen) || !left.isPositive()
                                    ? Uni.createFrom().item(seen)
                                    : watch.awaitAtMost(shorter(left, LOOK_AT_LEAST_EVERY))
                                            .chain(() -> look(caller, jobId, deadline, enough));
                        })
                .onTermination()
                .invoke(watch::close);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private Uni<Seen> see(Caller caller, String jobId) {
        return jobs.get(caller, jobId).map(job -> new Seen(job, views.tagged(job)));
    }

    private static Response.ResponseBuilder headers(
            Response.ResponseBuilder answer,
            @Nullable String location,
            String etag,
            Preference preference,
            Optional<Integer> retryAfter) {
        answer.header("ETag", etag);
        if (location != null) {
            answer.header("Location", location);
        }
        retryAfter.ifPresent(seconds -> answer.header("Retry-After", seconds));
        preference.applied().ifPresent(applied -> answer.header("Preference-Applied", applied));
        return answer;
    }
}
