package io.tidemill.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other modules' tests rely on: nothing that was acknowledged is ever lost. */
class LocalServicesIT {
    @TempDir static Path folder;
    static LocalServices services;

    @BeforeAll
    static void start() {
        services = LocalServices.start(folder);
    }

    @AfterAll
    static void close() {
        services.close();
    }

    @Test
    void postgresWritesThroughToTheDisk() throws Exception {
        try (Sql sql = Sql.connect(services.environment())) {
            assertEquals("on", sql.query("SHOW fsync"));
            assertEquals("on", sql.query("SHOW synchronous_commit"));
            assertEquals("on", sql.query("SHOW full_page_writes"));
            assertEquals("127.0.0.1", sql.query("SHOW listen_addresses"));
        }
    }

    @Test
    void theApplicationIsNoSuperuser() throws Exception {
        try (Sql sql = Sql.connect(services.environment())) {
            assertEquals("off", sql.query("SHOW is_superuser"));
        }
    }

    @Test
    void committedRowsSurviveAKillOfPostgres() throws Exception {
        try (Sql sql = Sql.connect(services.environment())) {
            sql.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        services.postgres().kill();
        services.postgres().startAgain();
        try (Sql sql = Sql.connect(services.environment())) {
            assertEquals("42", sql.query("SELECT answer FROM kept"));
        }
    }

    @Test
    void durableMessagesSurviveAKillOfTheBroker() throws Exception {
        List<String> sent = IntStream.range(0, 50).mapToObj(i -> "message " + i).toList();
        try (Amqp amqp = Amqp.connect(services.environment())) {
            for (String body : sent) {
                amqp.send("tidemill.tasks.standard", body, body);
            }
        }
        services.broker().kill();
        services.broker().startAgain();
        try (Amqp amqp = Amqp.connect(services.environment())) {
            assertEquals(sent, amqp.receive("tidemill.tasks.standard", sent.size()));
        }
    }

    @Test
    void aMessageSentTwiceArrivesOnce() throws Exception {
        try (Amqp amqp = Amqp.connect(services.environment())) {
            amqp.send("tidemill.events", "the same id", "first");
            amqp.send("tidemill.events", "the same id", "again");
            amqp.send("tidemill.events", "another id", "last");
            assertEquals(List.of("first", "last"), amqp.receive("tidemill.events", 2));
        }
    }

    /** At its usual level it would, each message at length. */
    @Test
    void theBrokersLogSaysNothingOfMessages() throws Exception {
        try (Amqp amqp = Amqp.connect(services.environment())) {
            amqp.send("tidemill.events", "nobody's business", "said");
            assertEquals(List.of("said"), amqp.receive("tidemill.events", 1));
        }
        Path log = folder.resolve("logs/broker.log");
        assertFalse(Wait.until(Duration.ofSeconds(1), () -> read(log).contains("sent a message")));
        assertTrue(read(log).contains("ready amqp://"), read(log));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyProcessorHearsAStop() throws Exception {
        try (Amqp one = Amqp.connect(services.environment());
                Amqp two = Amqp.connect(services.environment())) {
            Amqp.Inbox first = one.listen("tidemill.stop");
            Amqp.Inbox second = two.listen("tidemill.stop");
            one.send("tidemill.stop", "stop", "stop it");
            assertEquals("stop it", first.next());
            assertEquals("stop it", second.next());
        }
    }

    @Test
    void aFurtherTaskQueueComesIntoBeingWhenUsed() throws Exception {
        try (Amqp amqp = Amqp.connect(services.environment())) {
            amqp.send("tidemill.tasks.heavy", "h", "heavy work");
            assertEquals(List.of("heavy work"), amqp.receive("tidemill.tasks.heavy", 1));
        }
    }

    @Test
    void theBrokerRefusesAWrongPassword() {
        Map<String, String> wrong = new HashMap<>(services.environment());
        wrong.put("AMQP_PASSWORD", "guessed");
        assertThrows(Exception.class, () -> Amqp.connect(wrong));
    }

    @Test
    void aTestMayHaveADatabaseOfItsOwn() throws Exception {
        services.createDatabase("second");
        services.createDatabase("second");
        Map<String, String> second = new HashMap<>(services.environment());
        second.put("TIDEMILL_DATABASE_NAME", "second");
        try (Sql sql = Sql.connect(second)) {
            sql.execute("CREATE TABLE mine (id int)");
            assertEquals("second", sql.query("SELECT current_database()"));
        }
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefused() {
        LaunchException refused =
                assertThrows(LaunchException.class, () -> LocalServices.start(folder));
        assertTrue(refused.line().contains("already runs"), refused.line());
    }

    @Test
    void theCredentialsAreForTheOwnerOnly() throws Exception {
        Path credentials = folder.resolve("credentials");
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)));
    }

    @Test
    void propertiesNameTheSamePlacesAsTheEnvironment() {
        assertEquals(
                services.environment().get("TIDEMILL_DATABASE_PORT"),
                services.properties().get("tidemill.database.port"));
        assertEquals(
                services.environment().get("AMQP_PORT"), services.properties().get("amqp-port"));
    }
}
