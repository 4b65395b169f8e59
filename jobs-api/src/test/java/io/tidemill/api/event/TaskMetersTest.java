package io.tidemill.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.common.Attributes;
import io.tidemill.api.lifecycle.Verdict;
import io.tidemill.api.store.TaskNews;
import io.tidemill.api.telemetry.MeasuredCounts;
import io.tidemill.api.telemetry.Meters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskMetersTest {
    private final MeasuredCounts counts = new MeasuredCounts();
    private final TaskMeters meters = new TaskMeters(counts.meter());

    private static Attributes of(String operation, String outcome) {
        return Attributes.of(Meters.OPERATION, operation, Meters.OUTCOME, outcome);
    }

    @Test
    void everyTaskIsCountedOnceByItsEnd() {
        meters.count(
                List.of(
                        new TaskNews.AttemptOver("ocr", "FAILED", "TIMEOUT"),
                        new TaskNews.AttemptOver("ocr", "SUCCEEDED", null),
                        new TaskNews.Ended("ocr", "SUCCEEDED", null, Instant.now())));
        assertEquals(Map.of(of("ocr", "SUCCEEDED"), 1L), counts.of(TaskMeters.OUTCOMES));
    }

    @Test
    void whateverCodesProcessorsThinkOfTheyMakeOneSeries() {
        for (int i = 0; i < 100; i++) {
            meters.count(List.of(new TaskNews.Ended("ocr", "FAILED", "MINE_" + i, null)));
        }
        Attributes other = of("ocr", "FAILED").toBuilder().put(Meters.ERROR, "_OTHER").build();
        assertEquals(Map.of(other, 100L), counts.of(TaskMeters.OUTCOMES));
    }

    @Test
    void rescuesAndReportsThatCameTooLateAreCounted() {
        meters.count(
                List.of(
                        new TaskNews.Rescued("ocr"),
                        new TaskNews.Ignored(Verdict.Reason.SUPERSEDED),
                        new TaskNews.Ignored(Verdict.Reason.SUPERSEDED)));
        assertEquals(
                Map.of(Attributes.of(Meters.OPERATION, "ocr"), 1L), counts.of(TaskMeters.RESCUES));
        assertEquals(
                Map.of(Attributes.of(Meters.REASON, "SUPERSEDED"), 2L),
                counts.of(TaskMeters.IGNORED));
    }
}
