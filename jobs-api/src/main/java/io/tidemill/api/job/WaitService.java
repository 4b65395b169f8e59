package io.tidemill.api.job;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.change.ChangeMeters;
import io.tidemill.api.change.JobChanges;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.job.JobSight.Seen;
import io.tidemill.api.store.Answer;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.SubmitStore.Submitted;
import io.tidemill.api.web.EntityTags;
import io.tidemill.api.web.EntityTags.Tagged;
import io.tidemill.api.web.JobViews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
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
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final JobSight sight;
    private final ResultService results;
    private final JobChanges changes;
    private final JobViews views;
    private final Rules rules;

    /** For how long to wait, and who counts. */
    @Singleton
    static class Rules {
        final Duration processFilesWait;
        final ChangeMeters meters;

        Rules(ApiConfig config, ChangeMeters meters) {
            this.processFilesWait = Duration.ofSeconds(config.job().processFilesWait());
            this.meters = meters;
        }
    }

    WaitService(
            JobSight sight,
            ResultService results,
            JobChanges changes,
            JobViews views,
            Rules rules) {
        this.sight = sight;
        this.results = results;
        this.changes = changes;
        this.views = views;
        this.rules = rules;
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
        String jobId = TypeId.JOB.format(submitted.jobId());
        return until(caller, jobId, preference.time().get(), Seen::ended)
                .chain(seen -> sight.job(caller, seen, jobId))
                .chain(job -> submitted(job, first.location(), preference));
    }

    private Uni<Response> submitted(JobSnapshot job, String location, Preference preference) {
        return views.current(job).map(tagged -> answer(tagged, job, location, preference).build());
    }

    /** The synchronous form: with every file's result when the job ended in time. */
    Uni<Response> answerWithResults(Caller caller, Submitted submitted, Preference preference) {
        Duration most = preference.time().orElse(rules.processFilesWait);
        String location = submitted.answer().location();
        String jobId = TypeId.JOB.format(submitted.jobId());
        return until(caller, jobId, most, Seen::ended)
                .chain(seen -> sight.job(caller, seen, jobId))
                .chain(
                        job ->
                                results.all(job)
                                        .chain(all -> views.processed(job, all))
                                        .map(
                                                tagged ->
                                                        answer(tagged, job, location, preference)
                                                                .build()));
    }

    private static Response.ResponseBuilder answer(
            Tagged tagged, JobSnapshot job, String location, Preference preference) {
        boolean ended = job.state().ended();
        return headers(
                Response.status(ended ? OK : ACCEPTED).entity(tagged.body()),
                location,
                tagged.etag(),
                preference,
                ended ? Optional.empty() : Optional.of(1));
    }

    /**
     * A read: at once, or when the job differs from what the caller holds. What the caller holds is
     * affirmed from memory where that is safe.
     */
    Uni<Response> answerRead(
            Caller caller, String jobId, @Nullable String ifNoneMatch, Preference preference) {
        return first(caller, jobId, ifNoneMatch)
                .chain(
                        first -> {
                            String known = ifNoneMatch == null ? first.etag() : ifNoneMatch;
                            Predicate<Seen> news =
                                    seen -> seen.ended() || !EntityTags.matches(known, seen.etag());
                            return preference.time().isEmpty() || news.test(first)
                                    ? Uni.createFrom().item(first)
                                    : until(caller, jobId, preference.time().get(), news);
                        })
                .chain(seen -> read(caller, jobId, seen, ifNoneMatch, preference));
    }

    private Uni<Seen> first(Caller caller, String jobId, @Nullable String ifNoneMatch) {
        Seen remembered = ifNoneMatch == null ? null : sight.remembered(caller, jobId);
        return remembered != null && remembered.etag().equals(ifNoneMatch)
                ? Uni.createFrom().item(remembered)
                : sight.read(caller, jobId);
    }

    private Uni<Response> read(
            Caller caller,
            String jobId,
            Seen seen,
            @Nullable String ifNoneMatch,
            Preference preference) {
        if (EntityTags.matches(ifNoneMatch, seen.etag())) {
            if (seen.job() == null) {
                rules.meters.unchanged();
            }
            return Uni.createFrom()
                    .item(Response.notModified().header("ETag", seen.etag()).build());
        }
        return sight.job(caller, seen, jobId).chain(job -> read(job, preference));
    }

    private Uni<Response> read(JobSnapshot job, Preference preference) {
        return views.current(job).map(tagged -> read(job, tagged, preference));
    }

    private static Response read(JobSnapshot job, Tagged tagged, Preference preference) {
        return headers(
                        Response.ok(tagged.body()),
                        null,
                        tagged.etag(),
                        preference,
                        job.state().ended() ? Optional.empty() : Optional.of(1))
                .build();
    }

    private Uni<Seen> until(Caller caller, String jobId, Duration most, Predicate<Seen> enough) {
        return look(caller, jobId, Instant.now().plus(most), enough);
    }

    /** Listens before it looks, so that no change can slip in between. */
    private Uni<Seen> look(Caller caller, String jobId, Instant deadline, Predicate<Seen> enough) {
        JobChanges.Watch watch = changes.watch(JobService.id(jobId));
        return sight.glance(caller, jobId)
                .chain(
                        seen -> {
                            watch.saw(seen.known().version());
                            Duration left = Duration.between(Instant.now(), deadline);
                            return enough.test(seen) || !left.isPositive()
                                    ? Uni.createFrom().item(seen)
                                    : watch.awaitAtMost(left)
                                            .invoke(watch::close)
                                            .chain(() -> look(caller, jobId, deadline, enough));
                        })
                .onTermination()
                .invoke(watch::close);
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
