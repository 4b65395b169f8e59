package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Requests that no well-behaved client sends, written to the socket by hand. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class RawHttpIT extends Scenario {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern LENGTH =
            Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);

    private Socket open() throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private String head(String requestLine, String... fields) {
        return requestLine
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Tidemill-Owner: "
                + caller.owner()
                + "\r\n"
                + String.join("", Stream.of(fields).map(field -> field + "\r\n").toList())
                + "\r\n";
    }

    /** The answer as far as its Content-Length says, or until the server closes. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return head + new String(in.readNBytes(body), StandardCharsets.UTF_8);
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("application/problem+json"), answer);
    }

    private void assertNothingWasUploaded() {
        assertEquals(List.of(), Caller.ok(caller.get("/v1/files")).getList("items"));
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws IOException {
        try (Socket socket = open()) {
            write(
                    socket,
                    head(
                            "POST /v1/files",
                            "Content-Type: application/octet-stream",
                            "Content-Length: 1000000"));
            write(socket, "x".repeat(500_000));
            awaitUploads(1);
        }
        awaitUploads(0);
        assertNothingWasUploaded();
    }

    @Test
    void aChunkedUploadThatBreaksOffLeavesNothing() throws IOException {
        try (Socket socket = open()) {
            write(
                    socket,
                    head(
                            "POST /v1/files",
                            "Content-Type: application/octet-stream",
                            "Transfer-Encoding: chunked"));
            write(socket, "5\r\nhello\r\n5\r\nwor");
            awaitUploads(1);
        }
        awaitUploads(0);
        assertNothingWasUploaded();
    }

    @Test
    void aMultipartUploadThatBreaksOffLeavesNothing() throws IOException {
        try (Socket socket = open()) {
            write(
                    socket,
                    head(
                            "POST /v1/files",
                            "Content-Type: multipart/form-data; boundary=XX",
                            "Content-Length: 1000000"));
            write(
                    socket,
                    "--XX\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\nwhole\r\n--XX\r\n"
                            + "Content-Disposition: form-data; filename=\"b\"\r\n\r\nhal"
                            + "x".repeat(100_000));
            awaitUploads(1);
        }
        awaitUploads(0);
        assertNothingWasUploaded();
    }

    /** Looks until that many uploads are under way. */
    private void awaitUploads(int expected) throws IOException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (uploads() != expected) {
            assertTrue(System.nanoTime() < end, uploads() + " uploads are under way");
            caller.get("/v1/pipelines");
        }
    }

    private static int uploads() {
        String root = ConfigProvider.getConfig().getValue("tidemill.storage.root", String.class);
        String[] files = Path.of(root).resolve("incoming").toFile().list();
        return files == null ? 0 : files.length;
    }

    @Test
    void contentLengthsThatMakeNoSenseAreRefused() throws IOException {
        for (String length : List.of("abc", "-5", "1e3", "99999999999999999999999")) {
            try (Socket socket = open()) {
                write(
                        socket,
                        head(
                                "POST /v1/files",
                                "Content-Type: application/octet-stream",
                                "Content-Length: " + length));
                write(socket, "hello");
                String answer = answer(socket);
                assertTrue(
                        answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 413"),
                        length + ": " + answer);
                assertFalse(answer.contains("Exception"), answer);
            }
        }
        assertNothingWasUploaded();
    }

    @Test
    void aLengthAndAChunkedBodyAtOnceAreNoUpload() throws IOException {
        try (Socket socket = open()) {
            write(
                    socket,
                    head(
                            "POST /v1/files",
                            "Content-Type: application/octet-stream",
                            "Content-Length: 3",
                            "Transfer-Encoding: chunked"));
            write(socket, "5\r\nhello\r\n0\r\n\r\n");
            assertFalse(answer(socket).contains("Exception"));
        }
    }

    @Test
    void anUploadDeclaredTooLargeIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = open()) {
            write(
                    socket,
                    head(
                            "POST /v1/files",
                            "Content-Type: application/octet-stream",
                            "Content-Length: " + (LocalProfile.MAX_UPLOAD + 1)));
            assertStatus(413, answer(socket));
        }
    }

    @Test
    void aJobDeclaredTooLargeIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = open()) {
            write(
                    socket,
                    head(
                            "POST /v1/jobs",
                            "Content-Type: application/json",
                            "Content-Length: 20000000"));
            assertStatus(413, answer(socket));
        }
    }

    @Test
    void aChunkedJobOfTwentyMegabytesIsCutOff() throws IOException {
        String chunk = " ".repeat(65_536);
        int sent = 0;
        try (Socket socket = open()) {
            write(
                    socket,
                    head(
                            "POST /v1/jobs",
                            "Content-Type: application/json",
                            "Transfer-Encoding: chunked"));
            OutputStream out = socket.getOutputStream();
            byte[] bytes = ("10000\r\n" + chunk + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            try {
                for (; sent < 320; sent++) {
                    out.write(bytes);
                }
                write(socket, "0\r\n\r\n");
            } catch (IOException _) {
                // the server has had enough and said so, or closed
            }
            assertStatus(413, answer(socket));
        }
    }

    @Test
    void garbageInsteadOfHttpIsNoTrouble() throws IOException {
        try (Socket socket = open()) {
            write(socket, "\u0016\u0003\u0001 this is not HTTP\r\n\r\n");
            String answer = answer(socket);
            assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/1.[01] 400.*"), answer);
        }
        assertNothingWasUploaded();
    }
}
