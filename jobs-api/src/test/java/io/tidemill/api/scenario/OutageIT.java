package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tidemill.api.store.Rows;
import io.tidemill.local.LocalServices;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * While broker or database are away, every call is answered soon and honestly; then all goes on.
 */
@QuarkusTest
@TestProfile(TightProfile.class)
class OutageIT extends TightScenario {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Set<String> WITHOUT_DATABASE = Set.of("listPipelines", "getPipeline");

    /** Set by LocalServicesResource. */
    @Nullable LocalServices services;

    /** Some of each kind; every one of them waits for the whole time. */
    private static final Set<String> WHILE_FROZEN =
            Set.of("submitJob", "uploadFile", "getJob", "listJobs", "cancelJob");

    private static final Set<String> CREATING =
            Set.of("submitJob", "processFiles", "uploadFile", "createWebhookEndpoint");

    private String file = "";
    private String job = "";
    private String endpoint = "";

    @BeforeEach
    void haveAFileAndAJob() throws SQLException {
        assertTrue(Wait.until(PATIENCE, this::databaseAnswers));
        execute(Rows.DELETE_JOBS);
        file = caller.upload("another " + name, "text");
        job = caller.submit(NOOP, caller.upload(name, "text"));
        endpoint =
                caller.post("/v1/webhook-endpoints", "{\"url\": \"https://example.com/\"}")
                        .path("id");
    }

    private LocalServices services() {
        return Objects.requireNonNull(services);
    }

    /** A call of the contract, ready to be made. */
    private record Call(String id, String method, String path) {
        boolean changes() {
            return !method.equals("GET") && !method.equals("HEAD");
        }
    }

    /** Every call of the contract, about things that are there. */
    private List<Call> calls() throws IOException {
        List<Call> calls = new ArrayList<>();
        JsonNode paths =
                new YAMLMapper().readTree(Path.of("..", "openapi.yaml").toFile()).path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            if (path.getKey().startsWith("/v1/")) {
                for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                    if (call.getValue().has("operationId")) {
                        calls.add(
                                new Call(
                                        call.getValue().path("operationId").asText(),
                                        call.getKey().toUpperCase(Locale.ROOT),
                                        filled(path.getKey())));
                    }
                }
            }
        }
        return calls;
    }

    private String filled(String path) {
        return path.replace("{fileId}", file)
                .replace("{jobId}", job)
                .replace("{endpointId}", endpoint)
                .replace("{deliveryId}", "delivery_01kc6w0m5zf8p9a2rj3n4q5s6t")
                .replace("{scope}", "OPERATION")
                .replace("/pipelines/{name}", "/pipelines/none")
                .replace("{name}", "noop");
    }

    private Response make(Call call) {
        boolean admin = call.path().startsWith("/v1/admin/");
        RequestSpecification request = (admin ? Caller.operator() : caller).request();
        if (call.id().equals("uploadFile")) {
            request.contentType("application/octet-stream").body(new byte[] {1});
        } else if (call.changes() && !call.method().equals("DELETE")) {
            request.contentType("application/json").body(body(call));
        }
        return request.request(call.method(), call.path());
    }

    private String body(Call call) {
        return switch (call.id()) {
            case "submitJob", "processFiles" -> Caller.submission(NOOP, file);
            case "retryDeadLetters", "discardDeadLetters" -> "{\"operation\": \"noop\"}";
            case "createWebhookEndpoint" -> "{\"url\": \"https://example.com/\"}";
            case "changeJob" -> "{\"priority\": \"HIGH\"}";
            case "setLimit" -> "{\"maxRunning\": 1000}";
            case "setRateLimit" -> "{\"tokensPerSecond\": 1000, \"operations\": [\"ocr\"]}";
            case "redeliverWebhooks" -> "{\"failedSince\": \"2026-01-01T00:00:00Z\"}";
            default -> "{}";
        };
    }

    /** 503 in the usual form, soon. */
    private void assertUnavailable(Call call) {
        long begin = System.nanoTime();
        Response response = make(call);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertEquals(503, response.statusCode(), call + ": " + response.asString());
        assertNotNull(response.header("Retry-After"), call.toString());
        assertTrue(took.compareTo(SOON) < 0, call + " took " + took);
        if (!call.method().equals("HEAD")) {
            assertProblem(503, "UNAVAILABLE", response);
        }
    }

    private void assertAllUnavailable() throws IOException {
        assertUnavailable(calls().stream().filter(call -> !WITHOUT_DATABASE.contains(call.id())));
    }

    private void assertUnavailable(Stream<Call> calls) {
        calls.forEach(this::assertUnavailable);
        assertEquals(200, caller.get("/q/health/live").statusCode());
        assertEquals(200, caller.get("/v1/pipelines").statusCode());
    }

    /** Nobody has done anything for that. */
    private void assertAllIsWell() {
        assertTrue(Wait.until(PATIENCE, this::databaseAnswers));
        assertTrue(
                Wait.until(
                        PATIENCE,
                        () ->
                                caller.post("/v1/jobs", Caller.submission(NOOP, file)).statusCode()
                                        == 202));
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
        assertTrue(Wait.until(PATIENCE, () -> caller.get("/q/health/ready").statusCode() == 200));
    }

    /** The test's own connections were ended, too. */
    private boolean databaseAnswers() {
        try {
            return query("select 1").equals("1");
        } catch (SQLException _) {
            return false;
        }
    }

    @Test
    void withoutDatabaseEveryCallIsUnavailableAndComesBack() throws IOException {
        services().postgres().kill();
        try {
            assertAllUnavailable();
            assertEquals(503, caller.get("/q/health/ready").statusCode());
        } finally {
            services().postgres().startAgain();
        }
        assertAllIsWell();
    }

    /** It neither answers nor closes its connections, as when its machine is frozen. */
    @Test
    void whileTheDatabaseIsFrozenCallsAreUnavailable() throws IOException {
        List<ProcessHandle> processes = databaseProcesses();
        signal("STOP", processes);
        try {
            assertUnavailable(calls().stream().filter(call -> WHILE_FROZEN.contains(call.id())));
            assertEquals(503, caller.get("/q/health/ready").statusCode());
        } finally {
            signal("CONT", processes);
        }
        assertAllIsWell();
    }

    private List<ProcessHandle> databaseProcesses() {
        ProcessHandle postmaster = ProcessHandle.of(services().postgres().pid()).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join();
        }
    }

    @Test
    void whenTheDatabaseEndsItsConnectionsNothingIsBroken() throws SQLException {
        for (int i = 0; i < 5; i++) {
            execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where usename = current_user and pid <> pg_backend_pid()");
            Response response = caller.post("/v1/jobs", Caller.submission(NOOP, file));
            assertTrue(
                    response.statusCode() == 202 || response.statusCode() == 503,
                    response.asString());
        }
        assertAllIsWell();
    }

    @Test
    void whenTheDatabaseHasNoConnectionLeftEveryCallIsUnavailable()
            throws IOException, SQLException {
        try (Connection _ = hog()) {
            asSuperuser(
                    "alter role tidemill connection limit 1",
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where usename = 'tidemill' and application_name <> 'hog'");
            assertAllUnavailable();
        } finally {
            asSuperuser("alter role tidemill connection limit -1");
        }
        assertAllIsWell();
    }

    private Connection hog() throws SQLException {
        Map<String, String> environment = services().environment();
        return DriverManager.getConnection(
                url("tidemill") + "?ApplicationName=hog",
                environment.get("TIDEMILL_DATABASE_USERNAME"),
                environment.get("TIDEMILL_DATABASE_PASSWORD"));
    }

    @Test
    void whenAllConnectionsAreBusyOthersAreUnavailableAndHealthStaysGreen() throws Exception {
        List<Future<Response>> stuck = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(TightProfile.CONNECTIONS);
                Connection lock = superuser("tidemill")) {
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.execute("lock table idempotency_key, job in access exclusive mode");
            }
            for (int i = 0; i < TightProfile.CONNECTIONS; i++) {
                stuck.add(threads.submit(() -> make(new Call("listJobs", "GET", "/v1/jobs"))));
            }
            assertTrue(
                    Wait.until(
                            PATIENCE,
                            () -> caller.get("/v1/files/{id}", file).statusCode() == 503));
            assertEquals(200, caller.get("/q/health/ready").statusCode());
            assertEquals(200, caller.get("/q/health/live").statusCode());
            lock.rollback();
        }
        for (Future<Response> answer : stuck) {
            int status = answer.get().statusCode();
            assertTrue(status == 200 || status == 503, String.valueOf(status));
        }
        assertAllIsWell();
    }

    @Test
    void whileTheDatabaseIsReadOnlyReadsAreAnsweredAndChangesAreUnavailable()
            throws IOException, SQLException {
        String deleted = caller.upload(name, "deleted");
        readOnly("on");
        try {
            assertTrue(
                    Wait.until(
                            PATIENCE,
                            () ->
                                    caller.post("/v1/jobs", Caller.submission(NOOP, file))
                                                    .statusCode()
                                            == 503));
            for (Call call : calls()) {
                if (CREATING.contains(call.id())) {
                    assertUnavailable(call);
                }
            }
            assertUnavailable(new Call("deleteFile", "DELETE", "/v1/files/" + deleted));
            assertUnavailable(new Call("cancelJob", "POST", "/v1/jobs/" + job + "/cancel"));
            assertEquals(200, caller.get("/v1/jobs/{id}", job).statusCode());
            assertEquals(200, caller.get("/v1/files/{id}/content", file).statusCode());
            assertEquals(200, caller.get("/q/health/ready").statusCode());
        } finally {
            readOnly("off");
        }
        assertAllIsWell();
    }

    /** The setting counts for statements that begin later, on connections that are there, too. */
    private void readOnly(String value) throws SQLException {
        asSuperuser(
                "alter system set default_transaction_read_only = " + value,
                "select pg_reload_conf()");
    }

    private void asSuperuser(String... statements) throws SQLException {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Connection superuser(String database) throws SQLException {
        String password = services().environment().get("TIDEMILL_DATABASE_PASSWORD");
        return DriverManager.getConnection(url(database), "postgres", password);
    }

    private String url(String database) {
        Map<String, String> environment = services().environment();
        return "jdbc:postgresql://%s:%s/%s"
                .formatted(
                        environment.get("TIDEMILL_DATABASE_HOST"),
                        environment.get("TIDEMILL_DATABASE_PORT"),
                        database);
    }

    @Test
    void withoutBrokerJobsAreAcceptedAndWorkedOffWhenItIsBack() {
        String waiting = "waits for the broker.txt";
        String accepted;
        services().broker().kill();
        try {
            accepted = caller.submit(NOOP, caller.upload(waiting, "text"));
            assertEquals(202, caller.post("/v1/jobs", Caller.submission(NOOP, file)).statusCode());
            assertEquals("QUEUED", caller.job(accepted).getString("state"));
            assertEquals(200, caller.get("/q/health/live").statusCode());
            assertEquals(200, caller.get("/q/health/ready").statusCode());
        } finally {
            services().broker().startAgain();
        }
        processor.succeed(processor.start(processor.run(waiting)));
        caller.awaitState(accepted, "SUCCEEDED");
        assertAllIsWell();
    }
}
