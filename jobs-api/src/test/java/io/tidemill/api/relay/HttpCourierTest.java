package io.tidemill.api.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.delivery.AttemptResult;
import io.tidemill.api.delivery.AttemptResult.Answered;
import io.tidemill.api.delivery.AttemptResult.Broken;
import io.tidemill.api.delivery.AttemptResult.Failure;
import io.tidemill.api.delivery.EndpointSecret;
import io.tidemill.api.dto.WebhookEventType;
import io.tidemill.api.receiver.NameServer;
import io.tidemill.api.receiver.Receiver;
import io.tidemill.api.store.ClaimedDelivery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One attempt at a receiver that may be anything; names are answered for by a server of ours. */
class HttpCourierTest {
    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "changeit";
    private static final long GIGABYTE = 1L << 30;
    private static final long DRIP_NANOS = 100_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final NameServer names = new NameServer(HostileZone::addresses);
    private final Receiver receiver = new Receiver(Receiver.WELL);
    private final NameResolver resolver = new NameResolver(config(true, "2s"));

    private ApiConfig config(boolean local, String timeout) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ApiConfig.class)
                .withSources(
                        new PropertiesConfigSource(
                                Map.of(
                                        "tidemill.storage.root",
                                        ".",
                                        "tidemill.webhook.local",
                                        String.valueOf(local),
                                        "tidemill.webhook.timeout",
                                        timeout,
                                        "tidemill.webhook.ports",
                                        "443," + receiver.port(),
                                        "tidemill.webhook.name-servers",
                                        names.address()),
                                "test",
                                500))
                .build()
                .getConfigMapping(ApiConfig.class);
    }

    @AfterEach
    void close() {
        receiver.close();
        names.close();
        resolver.stop(new ShutdownEvent());
        vertx.close();
    }

    private AttemptResult deliver(String url) {
        return deliver(url, config(true, "2s"));
    }

    private AttemptResult deliver(String url, ApiConfig config) {
        ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
        HttpCourier courier = new HttpCourier(vertx, new EventBody(json), resolver, config);
        CompletableFuture<AttemptResult> result = new CompletableFuture<>();
        vertx.runOnContext(
                _ -> {
                    Future<AttemptResult> attempt = courier.deliver(delivery(url), url);
                    attempt.onComplete(done -> result.complete(done.result()));
                });
        try {
            return result.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static ClaimedDelivery delivery(String url) {
        return new ClaimedDelivery(
                UUID.randomUUID(),
                UUID.randomUUID(),
                WebhookEventType.WEBHOOK_TEST,
                1,
                Instant.now(),
                1,
                1,
                new ClaimedDelivery.Trial(),
                null,
                url,
                List.of(),
                List.of(new EndpointSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                true);
    }

    private String at(String host) {
        return "http://" + host + ":" + receiver.port() + "/";
    }

    @Test
    void connectsToTheAddressOfAName() {
        assertEquals(new Answered(204, null), deliver(at("local.test")));
        assertEquals(
                "local.test:" + receiver.port(),
                receiver.received().getFirst().headers().get("host"));
    }

    /** A second look-up would be told 10.0.0.1, and so would a connection by name. */
    @Test
    void connectsToTheVeryAddressThatWasChecked() {
        assertEquals(new Answered(204, null), deliver(at("first-local.test")));
        assertEquals(1, names.askedFor("first-local.test"));
        assertEquals(new Broken(Failure.ADDRESS_REFUSED), deliver(at("first-local.test")));
        assertEquals(1, receiver.received().size());
    }

    /** First a public address, so that the check passes, then this machine. */
    @Test
    void doesNotFollowANameThatIsBoundAnew() {
        ApiConfig strict = config(false, "1s");
        String url = "https://first-public.test:" + receiver.port() + "/";
        Broken first = (Broken) deliver(url, strict);
        assertTrue(
                List.of(Failure.TIMEOUT, Failure.CONNECTION_FAILED).contains(first.failure()),
                first.toString());
        assertEquals(1, names.askedFor("first-public.test"));
        assertEquals(new Broken(Failure.ADDRESS_REFUSED), deliver(url, strict));
        assertEquals(2, names.askedFor("first-public.test"));
        assertEquals(0, receiver.connections());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private.test",
                "metadata.test",
                "v6-metadata.test",
                "mapped-metadata.test",
                "nat64.test",
                "half-private.test"
            })
    void refusesNamesWithAnAddressThatIsNotPublic(String name) {
        assertEquals(new Broken(Failure.ADDRESS_REFUSED), deliver(at(name)));
        assertEquals(0, receiver.connections());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local.test",
                "localhost.localdomain",
                "half-public.test",
                "half-public-v6.test"
            })
    void refusesThisMachineOutsideTheLocalProfile(String name) {
        Broken refused =
                (Broken)
                        deliver(
                                "https://" + name + ":" + receiver.port() + "/",
                                config(false, "2s"));
        assertTrue(
                List.of(Failure.ADDRESS_REFUSED, Failure.UNKNOWN_HOST).contains(refused.failure()));
        assertEquals(0, receiver.connections());
    }

    /** As it could be left from a time when it was allowed. */
    @Test
    void readsTheUrlByTheRulesOfToday() {
        assertEquals(
                new Broken(Failure.ADDRESS_REFUSED),
                deliver(at("local.test"), config(false, "2s")));
        assertEquals(0, names.askedFor("local.test"));
    }

    @Test
    void namesWithoutAnAddressAreUnknown() {
        assertEquals(new Broken(Failure.UNKNOWN_HOST), deliver(at("nobody.test")));
    }

    @Test
    void triesTheNextAddressWhereNobodyListens() {
        assertEquals(new Answered(204, null), deliver(at("closed-first.test")));
    }

    @Test
    void nobodyListening() {
        receiver.close();
        assertEquals(new Broken(Failure.CONNECTION_FAILED), deliver(at("127.0.0.1")));
    }

    @Test
    void noAnswerInTime() {
        receiver.nowDoes(Receiver.HANGS);
        assertEquals(new Broken(Failure.TIMEOUT), deliver(at("127.0.0.1"), config(true, "500ms")));
        receiver.awaitNoneOpen();
    }

    @Test
    void anAnswerByteByByteIsCutOff() {
        receiver.nowDoes((_, out) -> drip(out, "HTTP/1.1 200 OK\r\nX: " + "y".repeat(1_000)));
        assertEquals(new Broken(Failure.TIMEOUT), deliver(at("127.0.0.1"), config(true, "1s")));
        receiver.awaitNoneOpen();
    }

    @Test
    void theStatusCountsThoughTheRestComesByteByByte() {
        receiver.nowDoes(
                (_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
                    drip(out, "z".repeat(1_000));
                });
        assertEquals(new Answered(200, null), deliver(at("127.0.0.1"), config(true, "1s")));
        receiver.awaitNoneOpen();
    }

    private static void drip(OutputStream out, String text) throws IOException {
        for (byte one : text.getBytes(ISO_8859_1)) {
            out.write(one);
            out.flush();
            LockSupport.parkNanos(DRIP_NANOS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void ofAGigabyteLittleIsRead(int status) {
        AtomicLong sent = new AtomicLong();
        receiver.nowDoes(
                (_, out) -> {
                    String head = "HTTP/1.1 " + status + " X\r\nContent-Length: " + GIGABYTE;
                    out.write((head + "\r\n\r\n").getBytes(ISO_8859_1));
                    byte[] part = new byte[64 * 1024];
                    while (sent.get() < GIGABYTE) {
                        out.write(part);
                        sent.addAndGet(part.length);
                    }
                });
        assertEquals(new Answered(status, null), deliver(at("127.0.0.1")));
        receiver.awaitNoneOpen();
        assertTrue(sent.get() < GIGABYTE / 50, () -> sent + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) {
        try (Receiver other = new Receiver(Receiver.WELL)) {
            receiver.nowDoes(
                    Receiver.answers(
                            "HTTP/1.1 "
                                    + status
                                    + " Elsewhere\r\nLocation: "
                                    + other.url()
                                    + "\r\nContent-Length: 0\r\n\r\n"));
            assertEquals(new Answered(status, null), deliver(at("127.0.0.1")));
            assertEquals(0, other.connections());
        }
    }

    @Test
    void theConnectionIsClosedWithoutAnAnswer() {
        receiver.nowDoes((_, _) -> {});
        assertEquals(new Broken(Failure.CONNECTION_FAILED), deliver(at("127.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 two hundred\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "200 OK\r\n\r\n"
            })
    void whatIsNoHttpIsNoAnswer(String text) {
        receiver.nowDoes(Receiver.answers(text));
        Broken broken = (Broken) deliver(at("127.0.0.1"));
        assertTrue(
                List.of(Failure.INVALID_ANSWER, Failure.CONNECTION_FAILED)
                        .contains(broken.failure()),
                broken.toString());
    }

    @Test
    void headersWithoutEndAreNoAnswer() {
        receiver.nowDoes(
                Receiver.answers("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000) + "\r\n"));
        assertEquals(new Broken(Failure.INVALID_ANSWER), deliver(at("127.0.0.1")));
    }

    @Test
    void theWaitThatIsAskedForIsPassedOn() {
        receiver.nowDoes(
                Receiver.answers(
                        "HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"));
        assertEquals(new Answered(429, Duration.ofMinutes(2)), deliver(at("127.0.0.1")));
    }

    @Test
    void whoeverDoesNotSpeakTlsIsNotSpokenTo() {
        Broken broken = (Broken) deliver("https://127.0.0.1:" + receiver.port() + "/");
        assertEquals(Failure.TLS_FAILED, broken.failure());
    }

    /** The address does not matter to a certificate, the name does. */
    @Test
    void theCertificateMustBeValidForTheName(@TempDir Path folder) throws Exception {
        try (Receiver secure = secure(folder, "local.test")) {
            String port = ":" + secure.port() + "/";
            assertEquals(new Broken(Failure.TLS_FAILED), deliver("https://local.test" + port));
            System.setProperty(TRUST, folder.resolve("keys.p12").toString());
            System.setProperty(TRUST + "Password", PASSWORD);
            assertEquals(new Answered(204, null), deliver("https://local.test" + port));
            assertEquals(new Broken(Failure.TLS_FAILED), deliver("https://other.test" + port));
            assertEquals(new Broken(Failure.TLS_FAILED), deliver("https://127.0.0.1" + port));
            assertEquals(1, secure.received().size());
        } finally {
            System.clearProperty(TRUST);
            System.clearProperty(TRUST + "Password");
        }
    }

    private static Receiver secure(Path folder, String name) throws Exception {
        Path keys = folder.resolve("keys.p12");
        List<String> keytool =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "receiver",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:" + name,
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD);
        Process process = new ProcessBuilder(keytool).inheritIO().start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return new Receiver(tls.getServerSocketFactory(), Receiver.WELL);
    }
}
