package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemill.local.LocalServices;
import io.tidemill.local.process.Child;
import io.tidemill.local.process.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real programs with the environment of the manifests, beside a real database and broker, and
 * what KEDA would be told while work comes and goes.
 */
class RolloutIT {
    private static final String TOKEN = "token-of-this-test";
    private static final String PASSWORD = "password-of-this-test";
    private static final Duration START = Duration.ofSeconds(90);

    /** How a JVM ends in good order after SIGTERM; 137 would tell that it was killed. */
    private static final int TERMINATED = 143;

    private static final int FILES = 40;
    private static final int STEPS = 20;

    private final Manifests base = Manifests.folder("base");
    private final Manifests keda = Manifests.folder("keda");
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = FreePort.find();
    private final String management = "127.0.0.1:" + FreePort.find();
    private LocalServices services;
    private Container container;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        services = LocalServices.start(folder.resolve("data"), List.of(agent(folder)));
        container = new Container(services);
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void tablesAreMigratedReplicasStartAndKedaSeesWhatThereIsToDo() throws Exception {
        Pod replica = base.pod("Deployment", "jobs-api");
        Map<String, String> local =
                Map.of("QUARKUS_PROFILE", "local", "TIDEMILL_SCALING_TOKEN", TOKEN);
        Child early = container.start("early", replica, port, local);
        assertNotEquals(0, early.awaitExit(), "it started without tables");

        Child migration =
                container.start("migrate", base.pod("Job", "jobs-api-migrate"), port, Map.of());
        assertEquals(0, migration.awaitExit());

        migrateAsANewerVersionWould();
        Child api = container.start("jobs-api", replica, port, local);
        String probe = replica.container().at("/readinessProbe/httpGet/path").asText();
        api.awaitReady(START, () -> status(probe) == 200);
        assertEquals(0, broker().value());
        assertEquals(0, load().value());
        assertThrows(IOException.class, () -> broker().attribute("ConsumerCount"));
        assertFalse(broker().active(0) || load().active(0));

        submit(1, 1);
        await(broker(), messages -> messages == 1);
        assertEquals(1, load().value());
        assertTrue(broker().active(1) && load().active(1));
        assertEquals(1, Math.max(broker().pods(1), load().pods(1)));

        submit(FILES, STEPS);
        await(load(), tasks -> tasks == 1 + FILES * STEPS);
        long messages = await(broker(), waiting -> waiting > 1);
        assertTrue(messages <= 8, "the queue is short: " + messages);
        assertTrue(load().pods(1 + FILES * STEPS) > broker().pods(messages));

        workUntilIdle();
        await(load(), tasks -> tasks == 0);
        assertEquals(0, broker().value());

        services.broker().kill();
        assertThrows(IOException.class, () -> broker().value());
        submit(1, 1);
        assertEquals(1, load().value());
        assertEquals(200, status(probe), "an outage of the broker is no reason to restart");

        services.postgres().kill();
        assertThrows(IOException.class, () -> load().value());
        assertEquals(200, status(probe), "nor is one of the database");
        assertEquals(503, status("/q/health/ready"));
        api.stop(grace(replica));
        assertEquals(TERMINATED, api.awaitExit(), "within the grace period, by itself");
    }

    /** An old replica must start on newer tables during an upgrade, and after a roll-back. */
    private void migrateAsANewerVersionWould() throws SQLException {
        Map<String, String> there = services.environment();
        String url =
                "jdbc:postgresql://%s:%s/%s"
                        .formatted(
                                there.get("TIDEMILL_DATABASE_HOST"),
                                there.get("TIDEMILL_DATABASE_PORT"),
                                there.get("TIDEMILL_DATABASE_NAME"));
        try (Connection connection =
                        DriverManager.getConnection(
                                url,
                                there.get("TIDEMILL_DATABASE_USERNAME"),
                                there.get("TIDEMILL_DATABASE_PASSWORD"));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into flyway_schema_history select 9999, '9999', 'of a newer version', 'SQL',"
                            + " 'V9999__newer.sql', 1, installed_by, now(), 1, true"
                            + " from flyway_schema_history limit 1");
        }
    }

    /** The pod of the ScaledJob does all there is and ends by itself. */
    private void workUntilIdle() throws InterruptedException {
        Pod pod =
                Manifests.folder("scaledjob").objects().stream()
                        .flatMap(
                                job ->
                                        new Manifests(
                                                        Stream.concat(
                                                                        Stream.of(job),
                                                                        base.objects().stream())
                                                                .toList())
                                                .pods().stream())
                        .filter(candidate -> candidate.owner().startsWith("ScaledJob"))
                        .findFirst()
                        .orElseThrow();
        Child processor =
                container.start(
                        "file-processor",
                        pod,
                        FreePort.find(),
                        Map.of(
                                "QUARKUS_PROFILE", "local",
                                "TIDEMILL_WORKER_END_WHEN_IDLE", "3s"));
        assertEquals(0, processor.awaitExit());
    }

    private static Duration grace(Pod pod) {
        return Duration.ofSeconds(pod.spec().path("terminationGracePeriodSeconds").asLong());
    }

    private KedaTrigger broker() {
        return trigger("artemis-queue", "managementEndpoint", management);
    }

    private KedaTrigger load() {
        String url = trigger("metrics-api").path("metadata").path("url").asText();
        return trigger(
                "metrics-api", "url", "http://127.0.0.1:" + port + URI.create(url).getPath());
    }

    /** With the address it has here, and the Secrets that its TriggerAuthentication names. */
    private KedaTrigger trigger(String type, String addressKey, String address) {
        ObjectNode here = trigger(type).deepCopy();
        here.withObject("/metadata").put(addressKey, address);
        Map<String, String> secrets =
                Map.of(
                        "tidemill-broker-management/username", "keda",
                        "tidemill-broker-management/password", PASSWORD,
                        "tidemill-scaling/token", TOKEN);
        JsonNode authentication =
                keda.get("TriggerAuthentication", here.at("/authenticationRef/name").asText());
        Map<String, String> parameters = new HashMap<>();
        for (JsonNode target : authentication.at("/spec/secretTargetRef")) {
            String secret = target.path("name").asText() + "/" + target.path("key").asText();
            parameters.put(target.path("parameter").asText(), secrets.getOrDefault(secret, ""));
        }
        return new KedaTrigger(here, parameters);
    }

    private ObjectNode trigger(String type) {
        return Manifests.list(
                        keda.get("ScaledObject", "file-processor-standard").at("/spec/triggers"))
                .stream()
                .filter(trigger -> trigger.path("type").asText().equals(type))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static long await(KedaTrigger trigger, LongPredicate wanted) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        long value = trigger.value();
        while (!wanted.test(value)) {
            assertTrue(System.nanoTime() < end, trigger.trigger() + " tells " + value);
            value = trigger.value();
        }
        return value;
    }

    private void submit(int files, int steps) throws Exception {
        ObjectNode job = json.createObjectNode();
        for (int i = 0; i < files; i++) {
            job.withArray("/files").add(post("/v1/files", "text/plain", "file " + i, 201));
        }
        for (int i = 0; i < steps; i++) {
            job.withArray("/steps").addObject().put("id", "step-" + i).put("operation", "noop");
        }
        post("/v1/jobs", "application/json", job.toString(), 202);
    }

    /** Gives back the id of what was made. */
    private String post(String path, String type, String body, int status) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer.body());
        return json.readTree(answer.body()).path("id").asText();
    }

    private int status(String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try {
            return http.send(
                            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Answers for the broker as its web console does, for one user and with the trial's rules. */
    private String agent(Path folder) throws IOException {
        String jar =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> entry.matches(".*jolokia-agent-jvm-.*-javaagent\\.jar"))
                        .findFirst()
                        .orElseThrow();
        String rules =
                Manifests.folder("trial")
                        .get("ConfigMap", "artemis")
                        .path("data")
                        .path("jolokia-access.xml")
                        .asText()
                        .replace("artemis.tidemill.svc:8161", management);
        Path policy = Files.writeString(folder.resolve("jolokia-access.xml"), rules);
        String[] address = management.split(":", 2);
        return "-javaagent:%s=host=%s,port=%s,agentContext=/console/jolokia,user=keda,password=%s,policyLocation=%s"
                .formatted(jar, address[0], address[1], PASSWORD, policy.toUri());
    }
}
