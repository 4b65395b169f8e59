package io.tidemill.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One pinned message: the file as it goes over the wire, and what it means in Java. */
record GoldenFile(String name, Object message) {
    private static final String TASK = "task_01k7r0n5xpe4xra1";
    private static final String EXECUTION = "0b9d3f3e-4c1c-4a8e-8d6c-2f0a4a5e0001";
    private static final String SHA =
            "4f5f9a1b1cf8d2f1b2c1aa4fba3a3c7d2b7a2c5b0f1e3d4c5b6a798897a6b5c4";

    static List<GoldenFile> all() {
        return List.of(
                new GoldenFile("run-tasks", fullRunTasks()),
                new GoldenFile("run-tasks-minimal", minimalRunTasks()),
                new GoldenFile("run-tasks-exclusive", exclusiveRunTasks()),
                new GoldenFile("stop", new Stop(Stop.VERSION, List.of(EXECUTION))),
                new GoldenFile(
                        "jobs-changed",
                        new JobsChanged(
                                JobsChanged.VERSION,
                                "0b9d3f3e-4c1c-4a8e-8d6c-2f0a4a5e0002",
                                List.of("job_01kc6w0m5zf8p9a2rj3n4q5s6t"))),
                of("taken", new TaskEvent.Taken(TASK, 2, EXECUTION)),
                of("started", new TaskEvent.Started(TASK, 2, EXECUTION)),
                of("heartbeat", heartbeat()),
                of(
                        "succeeded",
                        succeeded(),
                        new TaskEvent.Succeeded(TASK, 2, EXECUTION, Map.of(), List.of(), null)),
                of("failed", failed()),
                of("failed-with-result", failedWithResult()),
                of(
                        "released",
                        new TaskEvent.Released(TASK, 2, EXECUTION, "page=3"),
                        new TaskEvent.Released(TASK, 2, EXECUTION, null)),
                of("stopped", new TaskEvent.Stopped(TASK, 2, EXECUTION)),
                of("announced", announced()));
    }

    /** Reads and writes as the services do. */
    static JsonMapper reader() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(
                                JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
    }

    /** The schema in asyncapi.yaml it follows. */
    String schema() {
        return message.getClass().getSimpleName();
    }

    InputStream open() {
        return Objects.requireNonNull(
                GoldenFile.class.getResourceAsStream("/golden/" + name + ".json"), name);
    }

    @Override
    public String toString() {
        return name;
    }

    private static GoldenFile of(String name, TaskEvent... events) {
        return new GoldenFile(
                name,
                new TaskEvents(TaskEvents.VERSION, "processor-1f2e3d4c-5b6a", List.of(events)));
    }

    private static RunTasks fullRunTasks() {
        Map<String, Object> size = Map.of("width", 320, "height", 200, "fit", "cover");
        return new RunTasks(
                RunTasks.VERSION,
                "0197f0aa-7c55-7d3e-9a57-3b1a6f6a0001",
                List.of(
                        new TaskRun(
                                TASK,
                                2,
                                "thumbnail",
                                Map.of("sizes", List.of(size), "format", "webp"),
                                new FileRef("Urlaub ☀.jpg", "image/jpeg", 5_034_211, SHA),
                                60,
                                "page=3",
                                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
    }

    private static RunTasks minimalRunTasks() {
        return new RunTasks(
                RunTasks.VERSION,
                "0197f0aa-7c55-7d3e-9a57-3b1a6f6a0002",
                List.of(minimalTaskRun(1)));
    }

    private static RunTasks exclusiveRunTasks() {
        return new RunTasks(
                RunTasks.VERSION,
                "0197f0aa-7c55-7d3e-9a57-3b1a6f6a0003",
                List.of(minimalTaskRun(2)),
                true);
    }

    private static TaskRun minimalTaskRun(int attempt) {
        FileRef input = new FileRef("a.bin", "application/octet-stream", 0, SHA);
        return new TaskRun(TASK, attempt, "inspect", Map.of(), input, 1, null, null);
    }

    private static TaskEvent heartbeat() {
        return new TaskEvent.Heartbeat(
                List.of(
                        new TaskEvent.Pulse(TASK, 2, EXECUTION, 30, "page 3 of 10", "page=3"),
                        new TaskEvent.Pulse(TASK, 2, EXECUTION, null, null, null)));
    }

    private static TaskEvent succeeded() {
        return new TaskEvent.Succeeded(
                TASK,
                2,
                EXECUTION,
                Map.of(
                        "width",
                        320,
                        "upright",
                        true,
                        "ratio",
                        1.6,
                        "colours",
                        List.of("red"),
                        "camera",
                        Map.of("model", "X")),
                List.of(new FileRef("photo-320.webp", "image/webp", 10_240, SHA)),
                1_234L);
    }

    private static TaskEvent failed() {
        return new TaskEvent.Failed(
                TASK,
                2,
                EXECUTION,
                FailureCode.INVALID_INPUT.because("The image is truncated."),
                null);
    }

    private static TaskEvent failedWithResult() {
        return new TaskEvent.Failed(
                TASK,
                2,
                EXECUTION,
                FailureCode.INFECTED.because("A virus was found."),
                Map.of("signature", "Eicar-Test-Signature"));
    }

    private static TaskEvent announced() {
        return new TaskEvent.Announced(
                "standard",
                4,
                "setsid+prlimit",
                List.of(
                        new OfferedOperation("thumbnail", "1.0", "full", "libvips", "8.14.1", null),
                        new OfferedOperation(
                                "ocr",
                                "1.0",
                                null,
                                null,
                                null,
                                "Tesseract is not installed: ./tidemill engines")));
    }
}
