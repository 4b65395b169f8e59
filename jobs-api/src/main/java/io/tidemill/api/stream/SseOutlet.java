package io.tidemill.api.stream;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.ThreadLocalRandom;

/** An HTTP response that is a stream of Server-Sent Events, as the HTML standard has them. */
final class SseOutlet implements Outlet, OpenStreams.Connection {
    /** As the HTML standard registers it. */
    static final String MEDIA_TYPE = "text/event-stream";

    private static final int QUEUE_BYTES = 32 * 1024;
    private static final int RECONNECT_AFTER_MILLIS = 1_000;
    private static final String PING = ": ping\n\n";

    private final Context loop;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final EventJson json;
    private boolean begun;

    SseOutlet(Context loop, HttpServerRequest request, EventJson json) {
        this.loop = loop;
        this.request = request;
        this.response = request.response();
        this.json = json;
    }

    /** All who were cut off together do not come back together. */
    @Override
    public void begin() {
        if (begun || isOver()) {
            return;
        }
        begun = true;
        int wait =
                RECONNECT_AFTER_MILLIS
                        + ThreadLocalRandom.current().nextInt(RECONNECT_AFTER_MILLIS);
        response.setChunked(true)
                .setWriteQueueMaxSize(QUEUE_BYTES)
                .putHeader("Content-Type", MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        response.write("retry: " + wait + "\n\n");
    }

    @Override
    public void send(StreamEvent event) {
        begin();
        if (!isOver()) {
            response.write(json.sse(event));
        }
    }

    @Override
    public boolean isFull() {
        return isOver() || response.writeQueueFull();
    }

    @Override
    public void end() {
        begin();
        if (!isOver()) {
            response.end();
        }
    }

    private boolean isOver() {
        return response.ended() || response.closed();
    }

    @Override
    public void ping() {
        loop.runOnContext(
                _ -> {
                    if (begun && !isOver() && !isFull()) {
                        response.write(PING);
                    }
                });
    }

    @Override
    public void goAway() {
        loop.runOnContext(
                _ -> {
                    boolean alone = request.version() != HttpVersion.HTTP_2;
                    end();
                    if (alone) {
                        request.connection().close();
                    }
                });
    }
}
