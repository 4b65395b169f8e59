package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Large files flow through the API, they do not gather in it. {@code -Dtidemill.upload.bytes} says
 * how large; 256 MiB when absent, 2147483648 is the largest the API takes.
 */
class StreamingE2E {
    private static final long BYTES = Long.getLong("tidemill.upload.bytes", 256L << 20);

    private static final long WARM_UP_BYTES = Math.min(BYTES, 128L << 20);
    private static final int MOST_WARM_UPS = 8;
    private static final long QUIET_KIB = 8 << 10;

    /**
     * What the peak of the API's resident memory may grow by, however large the file: room for a
     * garbage collector's whims, yet less than buffering would take more than in the warm-up. The
     * whole heap of the API is smaller than the file.
     */
    private static final long ROOM_KIB = 96 << 10;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void memoryStaysFlatWhileALargeFileComesInAndGoesOut() throws Exception {
        warmUp();
        long before = peakKib();
        roundTrip(BYTES);
        long after = peakKib();
        System.out.printf(
                "jobs-api: peak of resident memory %d MiB, after %d MiB in and out %d MiB%n",
                before >> 10, BYTES >> 20, after >> 10);
        assertTrue(after - before < ROOM_KIB, "grew by " + (after - before) + " KiB");
    }

    /** Until the heap has been used all over, wherever what ran before has left it. */
    private static void warmUp() throws Exception {
        long grown = Long.MAX_VALUE;
        for (int i = 0; i < MOST_WARM_UPS && grown > QUIET_KIB; i++) {
            long before = peakKib();
            roundTrip(WARM_UP_BYTES);
            grown = peakKib() - before;
        }
    }

    private static void roundTrip(long bytes) throws Exception {
        MessageDigest sent = sha256();
        JsonNode file = upload(bytes, sent);
        String digest = HexFormat.of().formatHex(sent.digest());
        assertEquals(bytes, file.path("size").asLong());
        assertEquals(digest, file.path("sha256").asText());
        assertEquals(digest, downloaded(file.path("id").asText()));
        delete(file.path("id").asText());
    }

    private static JsonNode upload(long bytes, MessageDigest digest) throws Exception {
        BodyPublisher body =
                BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(
                                () -> new DigestInputStream(new PatternStream(bytes), digest)),
                        bytes);
        HttpRequest request =
                request("").header("Content-Type", "application/octet-stream").POST(body).build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        assertEquals(201, response.statusCode(), response::body);
        return Api.parse(response.body());
    }

    private static String downloaded(String id) throws Exception {
        HttpResponse<InputStream> response =
                HTTP.send(request("/" + id + "/content").build(), BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        MessageDigest digest = sha256();
        try (InputStream body = new DigestInputStream(response.body(), digest)) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void delete(String id) throws Exception {
        HttpRequest request = request("/" + id).DELETE().build();
        assertEquals(204, HTTP.send(request, BodyHandlers.discarding()).statusCode());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(ServerUnderTest.url() + "/v1/files" + path));
    }

    /** The most that was ever resident, in KiB. */
    private static long peakKib() throws IOException {
        Path status = Path.of("/proc/" + SharedTidemill.get().pid(Role.API) + "/status");
        Skip.unless(Files.exists(status), "no /proc; resident memory cannot be read here");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }
}
