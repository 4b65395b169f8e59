package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.processor.pod.DeletionCost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a busy processor tells of its pod, and what happens when nobody listens. */
class DeletionCostTest {
    private static final long LOOKS = 200;
    private static final long LOOK_MILLIS = 50;

    @TempDir Path credentials;

    @Test
    void changesAreToldWithTheTokenOfTheMomentAndRefusalsRepeated() throws Exception {
        try (ApiServer server = new ApiServer(credentials, "first")) {
            DeletionCost cost = new DeletionCost(server.pod(), credentials);
            assertEquals("2", told(server, cost, 2));
            cost.tell(2);
            assertEquals("1", told(server, cost, 1), "and 2 not once more");

            server.expect(credentials, "second");
            assertEquals("0", told(server, cost, 0));

            server.refuse();
            assertEquals("401", told(server, cost, 3));
            assertEquals("401", told(server, cost, 3));
            server.expect(credentials, "third");
            assertEquals("3", told(server, cost, 3));
        }
    }

    /** As the processor does: looks again and again, until something was told. */
    private static String told(ApiServer server, DeletionCost cost, int busy)
            throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            cost.tell(busy);
            Optional<String> told = server.next(LOOK_MILLIS);
            if (told.isPresent()) {
                return told.get();
            }
        }
        throw new AssertionError(busy + " was never told");
    }

    @Test
    void aServerWithAnotherCertificateIsToldNothing(@TempDir Path others) throws Exception {
        try (ApiServer server = new ApiServer(credentials, "token");
                ApiServer stranger = new ApiServer(others, "token")) {
            DeletionCost cost = new DeletionCost(stranger.pod(), credentials);
            cost.tell(1);
            assertEquals(Optional.empty(), stranger.next(10 * LOOK_MILLIS));
            assertEquals("1", told(server, new DeletionCost(server.pod(), credentials), 1));
        }
    }

    @Test
    void withoutACertificateToTrustNothingBegins() throws IOException {
        URI pod = URI.create("https://127.0.0.1" + ApiServer.PATH);
        assertThrows(IOException.class, () -> new DeletionCost(pod, credentials));
        Files.writeString(credentials.resolve("ca.crt"), "no certificate");
        assertThrows(IOException.class, () -> new DeletionCost(pod, credentials));
    }
}
