package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An upload that ends before its announced length leaves nothing behind. */
class AbortedUploadE2E {
    private static final int SENT = 3 << 20;

    private final Api api = Api.of(AbortedUploadE2E.class);
    private final Path storage = SharedTidemill.get().data().resolve("storage");

    @Test
    void aConnectionThatBreaksOffInMidStreamLeavesNothing() throws IOException {
        Map<String, Long> before = stored();
        try (Socket socket = begunUpload()) {
            assertTrue(
                    Wait.until(Tidemill.PATIENCE, () -> !stored().equals(before)),
                    "its bytes never reached the storage");
            socket.setSoLinger(true, 0);
        }
        assertTrue(Wait.until(Tidemill.PATIENCE, () -> stored().equals(before)), "bytes stay");
        assertEquals(List.of(), names());
    }

    /** All but the last byte of what was announced has been sent. */
    private Socket begunUpload() throws IOException {
        URI url = URI.create(ServerUnderTest.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        OutputStream out = socket.getOutputStream();
        out.write(head(url.getAuthority()).getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[SENT]);
        out.flush();
        return socket;
    }

    private static String head(String host) {
        return String.join(
                "\r\n",
                "POST /v1/files HTTP/1.1",
                "Host: " + host,
                "X-Tidemill-Owner: " + AbortedUploadE2E.class.getSimpleName(),
                "Content-Type: application/octet-stream",
                "Content-Disposition: attachment; filename=\"half.bin\"",
                "Content-Length: " + (SENT + 1),
                "",
                "");
    }

    private List<String> names() {
        return Api.items(api.get("/v1/files")).stream()
                .map((JsonNode file) -> file.path("name").asText())
                .toList();
    }

    /** Every file in the storage folder, with its size. */
    private Map<String, Long> stored() {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(storage)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sizes.put(file.toString(), Files.size(file));
            }
            return sizes;
        } catch (IOException | java.io.UncheckedIOException _) {
            return Map.of("it changed meanwhile", 0L);
        }
    }
}
