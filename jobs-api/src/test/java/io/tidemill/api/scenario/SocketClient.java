package io.tidemill.api.scenario;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of the WebSocket that keeps what it hears until a test asks for it. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Frame> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<ByteBuffer> pings = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    /** What the server said. */
    record Frame(String text) {
        JsonPath json() {
            return JsonPath.from(text);
        }

        String type() {
            return json().getString("type");
        }

        String of() {
            return json().getString("subscription");
        }

        long sequence() {
            return json().getLong("change.sequence");
        }
    }

    SocketClient(Caller caller, String... fields) {
        WebSocket.Builder builder =
                http.newWebSocketBuilder().header("X-Tidemill-Owner", caller.owner());
        for (int i = 0; i < fields.length; i += 2) {
            builder.header(fields[i], fields[i + 1]);
        }
        socket =
                builder.buildAsync(
                                URI.create("ws://localhost:" + RestAssured.port + "/v1/ws"), this)
                        .join();
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void sendBinary() {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
    }

    Frame next() {
        return taken(heard, "a frame");
    }

    /** The next one that is no progress. */
    Frame nextChange() {
        Frame frame = next();
        while (frame.type().equals("progress")) {
            frame = next();
        }
        return frame;
    }

    /** All up to one that is as wanted, with it. */
    List<Frame> until(Predicate<Frame> wanted) {
        List<Frame> frames = new ArrayList<>();
        do {
            frames.add(next());
        } while (!wanted.test(frames.getLast()));
        return frames;
    }

    int closeCode() {
        return taken(closed, "a close");
    }

    void awaitPing() {
        taken(pings, "a ping");
    }

    private static <T> T taken(BlockingQueue<T> from, String what) {
        try {
            T taken = from.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("did not come: " + what);
            }
            return taken;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        partial.append(part);
        if (last) {
            heard.add(new Frame(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        pings.add(message);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.add(code);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
