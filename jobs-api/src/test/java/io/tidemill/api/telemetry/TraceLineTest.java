package io.tidemill.api.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TraceLineTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String BEFORE = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final Instant BEGAN = Instant.parse("2026-06-21T18:30:00Z");

    private final Tracer tracer = SdkTracerProvider.builder().build().get("test");

    private Span after(String before, long seconds) {
        return TraceLine.start(
                tracer.spanBuilder("next"), before, BEGAN, BEGAN.plusSeconds(seconds));
    }

    private SpanData recorded(long seconds) {
        return ((ReadableSpan) after(BEFORE, seconds)).toSpanData();
    }

    @Test
    void whatFollowsSoonIsAChild() {
        SpanData span = recorded(299);
        assertEquals(TRACE, span.getTraceId());
        assertEquals("b7ad6b7169203331", span.getParentSpanId());
        assertEquals(0, span.getLinks().size());
    }

    @Test
    void whatFollowsAfterALongWaitBeginsATraceOfItsOwnWithALinkBack() {
        SpanData span = recorded(301);
        assertNotEquals(TRACE, span.getTraceId());
        assertFalse(span.getParentSpanContext().isValid());
        assertEquals(TRACE, span.getLinks().getFirst().getSpanContext().getTraceId());
    }

    @Test
    void whoIsNotTracedIsNotTracedLaterEither() {
        assertFalse(after("00-" + TRACE + "-b7ad6b7169203331-00", 301).isRecording());
        assertFalse(after("anything", 1).isRecording());
    }

    @Test
    void aPlaceInATraceIsReadAsItWasWritten() {
        assertEquals(BEFORE, TraceParent.of(Span.wrap(TraceParent.read(BEFORE))));
        assertNull(TraceParent.of(Span.getInvalid()));
        assertNull(TraceParent.checked("00-" + "0".repeat(32) + "-b7ad6b7169203331-01"));
    }
}
