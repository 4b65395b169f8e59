package io.tidemill.api.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.contract.FailureCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words of attributes and the buckets that all meters share. Attributes never hold an id, an
 * owner or anything else of which there may be many.
 */
public final class Meters {
    public static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("tidemill.operation");
    public static final AttributeKey<String> TASK_QUEUE =
            AttributeKey.stringKey("tidemill.task_queue");
    public static final AttributeKey<String> PRIORITY = AttributeKey.stringKey("tidemill.priority");
    public static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("tidemill.outcome");
    public static final AttributeKey<String> REASON = AttributeKey.stringKey("tidemill.reason");

    /** As OpenTelemetry names what went wrong; absent when nothing did. */
    public static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    /** OpenTelemetry's word for an error that is not among the known ones. */
    private static final String OTHER = "_OTHER";

    private static final Set<String> CODES =
            Arrays.stream(FailureCode.values())
                    .map(FailureCode::name)
                    .collect(Collectors.toUnmodifiableSet());

    /** From a task that does nothing to one that waited for half a day. */
    private static final List<Double> SECONDS =
            List.of(
                    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0,
                    300.0, 900.0, 3_600.0, 14_400.0, 43_200.0);

    private static final List<Long> COUNTS = List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L);

    private Meters() {}

    /** A histogram of durations, from milliseconds to hours. */
    public static DoubleHistogram seconds(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .setDescription(description)
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    /** A histogram of how many there are together. */
    public static LongHistogram counts(Meter meter, String name, String description, String unit) {
        return meter.histogramBuilder(name)
                .ofLongs()
                .setDescription(description)
                .setUnit(unit)
                .setExplicitBucketBoundariesAdvice(COUNTS)
                .build();
    }

    public static LongCounter counter(Meter meter, String name, String description, String unit) {
        return meter.counterBuilder(name).setDescription(description).setUnit(unit).build();
    }

    /** A failure code as an attribute: processors may send codes of their own, in any number. */
    public static String code(@Nullable String code) {
        return code != null && CODES.contains(code) ? code : OTHER;
    }
}
