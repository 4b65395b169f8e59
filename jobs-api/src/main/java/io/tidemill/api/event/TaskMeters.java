package io.tidemill.api.event;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.quarkus.runtime.Startup;
import io.tidemill.api.lifecycle.Verdict;
import io.tidemill.api.store.TaskNews;
import io.tidemill.api.telemetry.Meters;
import io.tidemill.contract.Operations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says by OpenTelemetry what becomes of tasks and attempts. Costs nothing while it is off. */
@Startup
@ApplicationScoped
class TaskMeters {
    static final String OUTCOMES = "tidemill.task.outcomes";
    static final String RESCUES = "tidemill.task.rescues";
    static final String IGNORED = "tidemill.events.ignored";

    static final Attributes UNKNOWN_TYPE = Attributes.of(Meters.REASON, "UNKNOWN_TYPE");

    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);
    private static final List<String> STATES = List.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final Map<Key, Attributes> known = new ConcurrentHashMap<>();
    private final DoubleHistogram total;
    private final LongCounter outcomes;
    private final LongCounter attempts;
    private final LongCounter rescues;
    private final LongCounter ignored;

    private record Key(String operation, String outcome, @Nullable String code) {}

    TaskMeters(Meter meter) {
        total =
                Meters.seconds(
                        meter,
                        "tidemill.task.total.duration",
                        "From a job's submission to the end of one of its tasks");
        outcomes = Meters.counter(meter, OUTCOMES, "Tasks that have ended", "{task}");
        attempts =
                Meters.counter(
                        meter, "tidemill.task.attempts", "Attempts that are over", "{attempt}");
        rescues =
                Meters.counter(
                        meter,
                        RESCUES,
                        "Attempts taken from a processor that fell silent",
                        "{attempt}");
        ignored =
                Meters.counter(
                        meter,
                        IGNORED,
                        "Reports that changed nothing, by what was wrong",
                        "{event}");
        beginAtZero();
    }

    /** What never happened is told as 0, so that the first time shows as an increase. */
    private void beginAtZero() {
        for (String operation : Operations.NAMES) {
            rescues.add(0, Attributes.of(Meters.OPERATION, operation));
            STATES.forEach(state -> outcomes.add(0, attributes(operation, state, null)));
        }
        for (Verdict.Reason reason : Verdict.Reason.values()) {
            ignored.add(0, Attributes.of(Meters.REASON, reason.name()));
        }
        ignored.add(0, UNKNOWN_TYPE);
    }

    /** An event of a type that this release has no word for. */
    void ignoredUnknownType() {
        ignored.add(1, UNKNOWN_TYPE);
    }

    void count(Collection<TaskNews> batch) {
        Instant now = Instant.now();
        for (TaskNews news : batch) {
            count(news, now);
        }
    }

    private void count(TaskNews news, Instant now) {
        switch (news) {
            case TaskNews.AttemptOver(String operation, String outcome, String code) ->
                    attempts.add(1, attributes(operation, outcome, code));
            case TaskNews.Ended ended -> ended(ended, now);
            case TaskNews.Rescued(String operation) ->
                    rescues.add(1, Attributes.of(Meters.OPERATION, operation));
            case TaskNews.Ignored(Verdict.Reason reason) ->
                    ignored.add(1, Attributes.of(Meters.REASON, reason.name()));
        }
    }

    private void ended(TaskNews.Ended ended, Instant now) {
        outcomes.add(1, attributes(ended.operation(), ended.state(), ended.code()));
        Instant submitted = ended.submitted();
        if (submitted != null) {
            double seconds = Duration.between(submitted, now).toMillis() / MILLIS;
            total.record(Math.max(0, seconds), attributes(ended.operation(), ended.state(), null));
        }
    }

    private Attributes attributes(String operation, String outcome, @Nullable String code) {
        return known.computeIfAbsent(
                new Key(operation, outcome, code == null ? null : Meters.code(code)),
                TaskMeters::attributes);
    }

    private static Attributes attributes(Key key) {
        AttributesBuilder attributes =
                Attributes.builder()
                        .put(Meters.OPERATION, key.operation())
                        .put(Meters.OUTCOME, key.outcome());
        return key.code() == null
                ? attributes.build()
                : attributes.put(Meters.ERROR, key.code()).build();
    }
}
