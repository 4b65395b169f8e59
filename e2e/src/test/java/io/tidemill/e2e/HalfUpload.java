package io.tidemill.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An upload that waits for its last byte. */
final class HalfUpload {
    private static final int SENT = 3 << 20;

    private HalfUpload() {}

    /** The connection; all but the last byte of what was announced has been sent. */
    static Socket begin(Class<?> test) throws IOException {
        URI url = URI.create(ServerUnderTest.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        OutputStream out = socket.getOutputStream();
        out.write(head(url.getAuthority(), test).getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[SENT]);
        out.flush();
        return socket;
    }

    private static String head(String host, Class<?> test) {
        return String.join(
                "\r\n",
                "POST /v1/files HTTP/1.1",
                "Host: " + host,
                "X-Tidemill-Owner: " + test.getSimpleName(),
                "Content-Type: application/octet-stream",
                "Content-Disposition: attachment; filename=\"half.bin\"",
                "Content-Length: " + (SENT + 1),
                "",
                "");
    }
}
