package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemill.contract.FileRef;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.local.process.FreePort;
import io.tidemill.processor.tool.Eventually;
import io.tidemill.storage.FileStore;
import io.tidemill.storage.StoredContent;
import io.tidemill.storage.filesystem.FilesystemStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is shipped, with its real operations. */
class PackagedIT {
    private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private static final List<String> GUARDS =
            List.of("ft.invocations.total", "ft.retry.calls.total", "StoredFiles.fetch");

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TempDir Path folder;
    private final int port = FreePort.find();

    @Test
    void itWorksClearsUpAfterAKillAndEndsInGoodOrder() throws Exception {
        try (Client client = new Client(Mill.broker(Services.SHARED))) {
            FileRef file = stored("a text to inspect");
            TaskRun endless = task("noop", Map.of("durationMillis", 600_000), file, "task_endless");
            Process first = start();
            client.send("standard", endless);
            client.await(TaskEvent.Started.class, endless.taskId());
            assertEquals(200, health("ready"));
            assertEquals(1, workers().size());
            first.destroyForcibly().waitFor();

            Process second = start();
            TaskRun inspect = task("inspect", Map.of(), file, "task_inspect");
            client.send("standard", inspect);
            TaskEvent.Succeeded done = client.await(TaskEvent.Succeeded.class, inspect.taskId());
            assertEquals(file.sha256(), done.result().get("sha256"));
            assertEquals(1, workers().size(), "the killed one's folder is gone");
            assertTrue(offered(client).contains("noop"), "the local profile offers drills");

            second.destroy();
            assertEquals(0, second.waitFor());
            assertEquals(List.of(), workers());
            assertFalse(second.isAlive());
        }
    }

    @Test
    void inProductionMetricsLeaveByTheStandardVariablesAndLogsAreJson() throws Exception {
        StringBuffer exported = new StringBuffer();
        HttpServer collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        collector.createContext("/v1/metrics", exchange -> collect(exchange, exported));
        collector.start();
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
        Map<String, String> telemetry =
                Map.of(
                        "QUARKUS_PROFILE", "prod",
                        "OTEL_SDK_DISABLED", "false",
                        "OTEL_SERVICE_NAME", "renamed",
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                        "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint,
                        "OTEL_METRIC_EXPORT_INTERVAL", "500");
        try (Client client = new Client(Mill.broker(Services.SHARED))) {
            Process processor = start(telemetry);
            TaskRun run = task("inspect", Map.of(), stored("a text"), "task_measured");
            client.send("standard", run);
            client.await(TaskEvent.Succeeded.class, run.taskId());
            TaskRun lost = lost("task_lost");
            client.send("standard", lost);
            client.await(TaskEvent.Failed.class, lost.taskId());
            Eventually.holds(
                    () -> "guards of StoredFiles are exported in " + exported,
                    Client.PATIENCE,
                    () -> GUARDS.stream().allMatch(name -> exported.indexOf(name) >= 0));
            processor.destroy();
            assertEquals(0, processor.waitFor());
        } finally {
            collector.stop(0);
        }
        assertTrue(exported.indexOf("renamed") >= 0, "the service's name is the given one");
        assertEveryLineIsJsonAndThoseAboutATaskNameItAndItsTrace();
    }

    private void assertEveryLineIsJsonAndThoseAboutATaskNameItAndItsTrace() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("processor.log"))) {
            lines.add(json.readTree(line));
        }
        assertTrue(lines.stream().allMatch(line -> line.has("level") && line.has("message")));
        JsonNode about =
                lines.stream()
                        .filter(line -> line.at("/mdc").has("taskId"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(lines.toString()));
        assertEquals("task_lost", about.at("/mdc/taskId").asText());
        assertEquals(TRACE, about.at("/mdc/traceId").asText());
        assertEquals("renamed", about.path("service").asText());
        assertTrue(about.path("stackTrace").asText().contains("ContentNotFoundException"));
        assertTrue(lines.getFirst().path("mdc").isEmpty(), "not about a task");
    }

    /** A task on bytes that storage does not have. */
    private static TaskRun lost(String id) {
        FileRef nothing = new FileRef("a.txt", "text/plain", 1, "0".repeat(64));
        String traceparent = "00-" + TRACE + "-b7ad6b7169203331-01";
        return new TaskRun(id, 1, "inspect", Map.of(), nothing, 60, null, traceparent);
    }

    private static void collect(HttpExchange exchange, StringBuffer exported) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exported.append(new String(body, StandardCharsets.ISO_8859_1));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Test
    void aDrainCostsNoAttemptAndNoWorkThatWasSaved() throws Exception {
        try (Client client = new Client(Mill.broker(Services.SHARED))) {
            FileRef file = stored("a text to wait on");
            Map<String, Object> slowly =
                    Map.of("durationMillis", 600_000, "checkpointMillis", 50, "child", true);
            TaskRun first = task("noop", slowly, file, "task_drained");
            Process processor = start();
            client.send("standard", first);
            client.awaitTrue("a heartbeat with a checkpoint", () -> waited(client) > 0);
            processor.destroy();
            assertEquals(0, processor.waitFor());

            TaskEvent.Released released = client.await(TaskEvent.Released.class, first.taskId());
            int saved = Integer.parseInt(String.valueOf(released.checkpoint()));
            assertTrue(saved >= waited(client), released.toString());
            assertEquals(List.of(), client.all(TaskEvent.Failed.class, first.taskId()));

            Map<String, Object> rest = Map.of("durationMillis", saved + 10, "checkpointMillis", 50);
            TaskRun again = new TaskRun("task_again", 1, "noop", rest, file, 60, "" + saved, null);
            Process next = start();
            client.send("standard", again);
            TaskEvent.Succeeded done = client.await(TaskEvent.Succeeded.class, again.taskId());
            assertEquals(saved, done.result().get("resumedAtMillis"));
            assertEquals(10, done.result().get("waitedMillis"));
            assertEquals(file.sha256(), done.result().get("sha256"));
            next.destroy();
            assertEquals(0, next.waitFor());
        }
    }

    /** The latest checkpoint of a heartbeat; 0 if there is none. */
    private static int waited(Client client) {
        return client.all(TaskEvent.Heartbeat.class).stream()
                .flatMap(beat -> beat.pulses().stream())
                .filter(pulse -> pulse.taskId().equals("task_drained"))
                .map(TaskEvent.Pulse::checkpoint)
                .filter(Objects::nonNull)
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    private Process start() throws IOException {
        return start(Map.of());
    }

    private Process start(Map<String, String> settings) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-jar",
                                PROGRAM.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("processor.log").toFile()));
        builder.environment().putAll(Services.SHARED.environment());
        builder.environment().put("QUARKUS_PROFILE", "local");
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment().putAll(settings);
        builder.environment().put("TIDEMILL_WORKER_HEARTBEAT", "500ms");
        builder.environment().put("TIDEMILL_WORKER_DRAIN", "1s");
        builder.environment().put("TIDEMILL_STORAGE_ROOT", folder.resolve("storage").toString());
        builder.environment().put("TIDEMILL_WORKSPACE_ROOT", folder.resolve("work").toString());
        return builder.start();
    }

    private FileRef stored(String text) throws IOException {
        FileStore store = new FilesystemStore(folder.resolve("storage"));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StoredContent content = store.put(new ByteArrayInputStream(bytes), "a.txt", bytes.length);
        return new FileRef("a.txt", content.mediaType(), content.size(), content.sha256());
    }

    private static TaskRun task(
            String operation, Map<String, Object> parameters, FileRef file, String id) {
        return new TaskRun(id, 1, operation, parameters, file, 600, null, null);
    }

    private int health(String kind) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/q/health/" + kind);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private List<String> offered(Client client) {
        return client.all(TaskEvent.Announced.class).stream()
                .flatMap(offer -> offer.operations().stream())
                .map(operation -> operation.name())
                .toList();
    }

    private List<Path> workers() throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve("work"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }
}
