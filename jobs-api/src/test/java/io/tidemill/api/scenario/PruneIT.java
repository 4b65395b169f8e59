package io.tidemill.api.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.local.process.Wait;
import io.tidemill.storage.FileStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bytes go when nobody needs them any more, and not before. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class PruneIT extends Scenario {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject FileStore storage;
    private final String text = "text of " + UUID.randomUUID();

    @Test
    void bytesStayUntilTheLastFileWithThemIsDeleted() {
        String first = caller.upload(name, text);
        String second = Caller.stranger().upload(name, text);
        caller.request().delete("/v1/files/" + first);
        awaitAPruning();
        assertTrue(isStored(text));
        assertEquals(404, caller.get("/v1/files/" + second).statusCode());
    }

    @Test
    void bytesOfADeletedFileAreRemoved() {
        String file = caller.upload(name, text);
        caller.request().delete("/v1/files/" + file);
        assertTrue(Wait.until(PATIENCE, () -> !isStored(text)));
    }

    @Test
    void bytesAnOpenTaskNeedsStay() {
        String file = caller.upload(name, text);
        String job = Caller.submission(NOOP, file);
        assertEquals(202, caller.post("/v1/jobs", job).statusCode());
        caller.request().delete("/v1/files/" + file);
        awaitAPruning();
        assertTrue(isStored(text));
    }

    @Test
    void bytesOfARequestThatFailsAreRemoved() {
        String body =
                "--XX\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n"
                        + text
                        + "\r\n--XX\r\nContent-Disposition: form-data; filename=\"b\"\r\n\r\ncut";
        int status =
                caller.request()
                        .contentType("multipart/form-data; boundary=XX")
                        .body(body.getBytes(UTF_8))
                        .post("/v1/files")
                        .statusCode();
        assertEquals(400, status);
        assertTrue(Wait.until(PATIENCE, () -> !isStored(text)));
    }

    /** When bytes deleted later are gone, a whole round has passed since. */
    private void awaitAPruning() {
        String later = "later than " + text;
        caller.request().delete("/v1/files/" + caller.upload(name, later));
        assertTrue(Wait.until(PATIENCE, () -> !isStored(later)));
    }

    private boolean isStored(String content) {
        try {
            return storage.contains(sha256(content.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
