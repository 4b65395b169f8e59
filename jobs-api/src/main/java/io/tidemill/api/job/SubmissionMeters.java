package io.tidemill.api.job;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.problem.Outage;
import io.tidemill.api.problem.ProblemException;
import io.tidemill.api.store.SubmitStore.Submitted;
import io.tidemill.api.telemetry.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says by OpenTelemetry how many submissions there were, what came of them and how long they took,
 * from a body that was understood to the commit; a client that waits for the end waits later.
 */
@ApplicationScoped
class SubmissionMeters {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<Priority, Attributes> accepted = byPriority("ACCEPTED");
    private final Map<Priority, Attributes> repeated = byPriority("REPEATED");
    private final DoubleHistogram durations;

    SubmissionMeters(Meter meter) {
        durations =
                Meters.seconds(
                        meter,
                        "tidemill.submission.duration",
                        "Submissions of jobs, and how long it took until they were committed");
    }

    private static Map<Priority, Attributes> byPriority(String outcome) {
        return Arrays.stream(Priority.values())
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                priority -> attributes(priority, outcome),
                                (one, _) -> one,
                                () -> new EnumMap<>(Priority.class)));
    }

    private static Attributes attributes(Priority priority, String outcome) {
        return Attributes.of(Meters.PRIORITY, priority.name(), Meters.OUTCOME, outcome);
    }

    /** A submission is over; neither result nor failure: the client has gone. */
    void over(
            Priority priority,
            long sinceNanos,
            @Nullable Submitted submitted,
            @Nullable Throwable failure) {
        double seconds = (System.nanoTime() - sinceNanos) / NANOS;
        if (failure != null) {
            durations.record(seconds, failed(priority, failure));
        } else if (submitted != null) {
            durations.record(seconds, (submitted.replayed() ? repeated : accepted).get(priority));
        }
    }

    private static Attributes failed(Priority priority, Throwable failure) {
        boolean refused = failure instanceof ProblemException problem && problem.status() < 500;
        return attributes(priority, refused ? "REFUSED" : "FAILED").toBuilder()
                .put(Meters.ERROR, code(failure))
                .build();
    }

    private static String code(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return problem.code();
        }
        return Outage.isDatabase(failure) ? "UNAVAILABLE" : "INTERNAL";
    }
}
