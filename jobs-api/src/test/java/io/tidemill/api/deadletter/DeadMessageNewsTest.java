package io.tidemill.api.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.common.Attributes;
import io.tidemill.api.store.DeadLetterStore.DeadMessage;
import io.tidemill.api.telemetry.MeasuredCounts;
import io.tidemill.api.telemetry.Meters;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadMessageNewsTest {
    private final MeasuredCounts counts = new MeasuredCounts();
    private final DeadMessageNews news = new DeadMessageNews(counts.meter());

    private static DeadMessage message(@Nullable String address, String code) {
        return new DeadMessage(UUID.randomUUID(), code, "detail", address, "body", "digest");
    }

    private static Attributes of(String address, String code) {
        return Attributes.of(DeadMessageNews.ADDRESS, address, Meters.ERROR, code);
    }

    @Test
    void everyMessageIsCountedByItsAddressAndCode() {
        news.tell(message("tidemill.events", "UNDELIVERABLE"));
        news.tell(message("tidemill.events", "UNDELIVERABLE"));
        news.tell(message("tidemill.events", "MESSAGE_EXPIRED"));
        news.tell(message(null, "UNDELIVERABLE"));
        assertEquals(
                Map.of(
                        of("tidemill.events", "UNDELIVERABLE"), 2L,
                        of("tidemill.events", "MESSAGE_EXPIRED"), 1L,
                        of("unknown", "UNDELIVERABLE"), 1L),
                counts.of(DeadMessageNews.COUNTER));
    }
}
