package io.tidemill.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.common.Attributes;
import io.tidemill.api.store.Applied.DeadTask;
import io.tidemill.api.telemetry.MeasuredCounts;
import io.tidemill.api.telemetry.Meters;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeadLetterNewsTest {
    private final MeasuredCounts counts = new MeasuredCounts();
    private final DeadLetterNews news = new DeadLetterNews(counts.meter());

    private static DeadTask task(String operation, String code) {
        return new DeadTask(UUID.randomUUID(), UUID.randomUUID(), operation, code);
    }

    private static Attributes of(String operation, String code) {
        return Attributes.of(Meters.OPERATION, operation, Meters.ERROR, code);
    }

    @Test
    void everyTaskIsCountedByItsOperationAndCode() {
        news.tell(List.of(task("ocr", "TIMEOUT"), task("ocr", "TIMEOUT")));
        news.tell(List.of(task("thumbnail", "INVALID_INPUT")));
        assertEquals(
                Map.of(of("ocr", "TIMEOUT"), 2L, of("thumbnail", "INVALID_INPUT"), 1L),
                counts.of(DeadLetterNews.COUNTER));
    }
}
