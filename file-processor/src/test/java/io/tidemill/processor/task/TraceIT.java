package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace leads from the job through the worker to the last event. */
class TraceIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String JOB_SPAN = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + JOB_SPAN + "-01";

    @TempDir Path folder;

    @Test
    void aTasksSpanIsAChildOfTheJobsAndItsEventsFollow() throws Exception {
        Spans spans = new Spans();
        try (SdkTracerProvider provider =
                        SdkTracerProvider.builder()
                                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                                .build();
                Client client = new Client(Mill.broker(Services.SHARED));
                Mill mill =
                        mill(
                                "traced",
                                OpenTelemetrySdk.builder().setTracerProvider(provider).build())) {
            TaskRun run = Mill.task("fail", mill.file("text"), 60, TRACEPARENT);
            client.send(mill.taskQueue, run);
            client.await(TaskEvent.Failed.class, run.taskId());

            SpanData span = spans.await("task fail");
            assertEquals(JOB_SPAN, span.getParentSpanId());
            assertEquals(run.taskId(), span.getAttributes().get(key("tidemill.task.id")));
            assertEquals("INVALID_INPUT", span.getAttributes().get(key("tidemill.outcome")));
            String expected = "00-" + TRACE + "-" + span.getSpanId() + "-01";
            assertEquals(expected, traceparentOfLast(client));
            assertNotEquals(JOB_SPAN, span.getSpanId());
            assertEquals(
                    List.of(span.getSpanId(), span.getSpanId()),
                    spans.passed.stream().map(SpanData::getParentSpanId).toList());
            assertEquals(
                    List.of("fetch file", "run fail"),
                    spans.passed.stream().map(SpanData::getName).toList());
        }
    }

    @Test
    void withoutAnSdkTheJobsOwnContextIsPassedOn() throws Exception {
        try (Client client = new Client(Mill.broker(Services.SHARED));
                Mill mill = mill("untraced", OpenTelemetry.noop())) {
            TaskRun run = Mill.task("fail", mill.file("text"), 60, TRACEPARENT);
            client.send(mill.taskQueue, run);
            client.await(TaskEvent.Failed.class, run.taskId());
            assertEquals(TRACEPARENT, traceparentOfLast(client));
        }
    }

    private Mill mill(String queue, OpenTelemetry telemetry) throws Exception {
        return new Mill(Mill.broker(Services.SHARED), folder, queue, 1, telemetry);
    }

    private static @Nullable Object traceparentOfLast(Client client) {
        return client.heard().stream()
                .filter(
                        heard ->
                                heard.envelope().events().stream()
                                        .anyMatch(TaskEvent.Failed.class::isInstance))
                .map(heard -> heard.message().getApplicationProperties().getValue())
                .map(properties -> properties.get("traceparent"))
                .findFirst()
                .orElse(null);
    }

    private static AttributeKey<String> key(String name) {
        return AttributeKey.stringKey(name);
    }

    /** Keeps spans in memory. */
    private static final class Spans implements SpanExporter {
        final BlockingQueue<SpanData> ended = new LinkedBlockingQueue<>();
        final List<SpanData> passed = new ArrayList<>();

        /** The next of that name; those before it have passed. */
        SpanData await(String name) throws InterruptedException {
            SpanData next = ended.poll(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            while (next != null && !next.getName().equals(name)) {
                passed.add(next);
                next = ended.poll(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            return Objects.requireNonNull(next, name);
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            ended.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
