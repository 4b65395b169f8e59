package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.restassured.response.Response;
import io.tidemill.local.process.Wait;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** One trace leads from the request over the broker to the work and back into the database. */
class TraceE2E {
    private static final String CALLER = "00f067aa0ba902b7";

    private final Api api = Api.of(TraceE2E.class);
    private final TraceCollector traces = SharedTidemill.traces();

    @Test
    void theTraceOfTheRequestReachesTheWorkAndTheRecordingOfItsResult() {
        String file = api.upload("small.txt", new byte[] {'a'});
        String trace = newTrace();
        submit(file, trace);

        CollectedSpan request = await(trace, span -> span.name().startsWith("POST"));
        assertEquals(CALLER, request.parentId());
        assertEquals("jobs-api", request.service());

        CollectedSpan task = await(trace, span -> span.name().equals("task inspect"));
        assertEquals(request.id(), task.parentId());
        assertEquals("file-processor", task.service());
        assertEquals(SpanKind.SPAN_KIND_CONSUMER, task.kind());

        CollectedSpan recorded = await(trace, span -> span.parentId().equals(task.id()));
        assertEquals("record task events", recorded.name());
        assertEquals("jobs-api", recorded.service());
    }

    private String newTrace() {
        byte[] id = new byte[16];
        ThreadLocalRandom.current().nextBytes(id);
        String trace = HexFormat.of().formatHex(id);
        traces.watch(trace);
        return trace;
    }

    private void submit(String file, String trace) {
        Response response =
                api.request()
                        .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
                        .contentType("application/json")
                        .body(Submission.of(file).step("inspect", "inspect", Map.of()).json())
                        .post("/v1/jobs");
        api.awaitEnd(Api.json(response, 202).path("id").asText());
    }

    private CollectedSpan await(String trace, Predicate<CollectedSpan> wanted) {
        boolean came =
                Wait.until(Tidemill.PATIENCE, () -> traces.spans(trace).stream().anyMatch(wanted));
        List<CollectedSpan> all = traces.spans(trace);
        assertTrue(came, all::toString);
        return all.stream().filter(wanted).findFirst().orElseThrow();
    }
}
