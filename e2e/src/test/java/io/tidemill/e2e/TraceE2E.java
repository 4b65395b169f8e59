package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.restassured.response.Response;
import io.tidemill.faults.load.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * One trace leads from the request through the queue and over the broker to the engine and the
 * storage, back into the database, and on to whoever wants to know.
 */
class TraceE2E {
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String API = "jobs-api";
    private static final String PROCESSOR = "file-processor";

    private final Api api = Api.of(TraceE2E.class);
    private final TraceCollector traces = SharedTidemill.traces();
    private final String trace = newTrace();

    @Test
    void oneTraceLeadsFromTheRequestToTheWebhook() throws Exception {
        String one = api.upload("one.txt", "a small text".getBytes(StandardCharsets.UTF_8));
        String two = api.upload("two.txt", "another one".getBytes(StandardCharsets.UTF_8));
        try (WebhookReceiver receiver = new WebhookReceiver(Duration.ZERO)) {
            String endpoint = api.tell(receiver.url());
            List<JsonNode> tasks = submit(one, two);

            CollectedSpan request = await(API, "POST /v1/jobs", CALLER);
            assertEquals(SpanKind.SPAN_KIND_SERVER, request.kind());

            for (JsonNode task : tasks) {
                followTask(task.path("id").asText(), request);
            }

            CollectedSpan told = await(API, "deliver webhook", request.id());
            assertEquals(SpanKind.SPAN_KIND_CLIENT, told.kind());
            assertEquals(
                    tasks.getFirst().path("jobId").asText(),
                    told.attributes().get("tidemill.job.id"));

            assertTrue(
                    traces.spans(trace).stream().allMatch(span -> span.links().isEmpty()),
                    "nothing waited long enough for a link");
            api.tellNoMore(endpoint);
        }
    }

    private void followTask(String task, CollectedSpan request) {
        CollectedSpan sent =
                traces.await(
                        trace,
                        span ->
                                span.name().equals("dispatch extract-text")
                                        && task.equals(span.attributes().get("tidemill.task.id")));
        assertEquals(API, sent.service());
        assertEquals(request.id(), sent.parentId());
        assertEquals(SpanKind.SPAN_KIND_PRODUCER, sent.kind());
        assertEquals("standard", sent.attributes().get("tidemill.task_queue"));

        CollectedSpan work = await(PROCESSOR, "task extract-text", sent.id());
        assertEquals(SpanKind.SPAN_KIND_CONSUMER, work.kind());
        assertEquals("succeeded", work.attributes().get("tidemill.outcome"));

        await(PROCESSOR, "fetch file", work.id());
        await(PROCESSOR, "run extract-text", work.id());
        await(PROCESSOR, "store results", work.id());
        await(API, "record task events", work.id());
    }

    private static String newTrace() {
        byte[] id = new byte[16];
        ThreadLocalRandom.current().nextBytes(id);
        String trace = HexFormat.of().formatHex(id);
        SharedTidemill.traces().watch(trace);
        return trace;
    }

    /** Submits a job of a task for each file, and waits for its end. */
    private List<JsonNode> submit(String... files) {
        Response response =
                api.request()
                        .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
                        .contentType("application/json")
                        .body(Submission.of(files).step("text", "extract-text", Map.of()).json())
                        .post("/v1/jobs");
        String job = Api.json(response, 202).path("id").asText();
        api.awaitEnd(job);
        return Api.items(api.get("/v1/jobs/" + job + "/tasks"));
    }

    private CollectedSpan await(String service, String name, String parent) {
        return traces.await(
                trace,
                span ->
                        span.service().equals(service)
                                && span.name().equals(name)
                                && span.parentId().equals(parent));
    }
}
