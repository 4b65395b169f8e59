package io.tidemill.api.scenario;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request whose head has been sent, and nothing else; it stays open until it is closed. */
final class OpenRequest implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern LENGTH =
            Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);

    private final Socket socket;

    private OpenRequest(Socket socket) {
        this.socket = socket;
    }

    static OpenRequest of(Caller caller, String requestLine, String... fields) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        String head =
                Stream.concat(
                                Stream.of(
                                        requestLine + " HTTP/1.1",
                                        "Host: localhost",
                                        "X-Tidemill-Owner: " + caller.owner()),
                                List.of(fields).stream())
                        .collect(Collectors.joining("\r\n", "", "\r\n\r\n"));
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return new OpenRequest(socket);
    }

    /** Head and body of the answer, as far as its Content-Length says. */
    String answer() throws IOException {
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

    /** Whether the server hangs up, now that its answer has been read. */
    boolean ends() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    /** Hangs up. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
