package io.tidemill.api.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.problem.ProblemException;
import io.tidemill.api.problem.Problems;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one client has subscribed to over one WebSocket. All subscriptions share what may wait to be
 * sent; while that is full, nothing is read, neither from the log nor from the client.
 */
final class SocketSession implements OpenStreams.Connection {
    /** Bytes of a frame from a client. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_SUBSCRIPTIONS = 100;
    private static final int MOST_NAME = 100;
    private static final int QUEUE_BYTES = 32 * 1024;
    private static final short GOING_AWAY = 1001;
    private static final short NO_BINARY = 1003;
    private static final short TOO_BIG = 1009;

    private final Caller caller;
    private final ServerWebSocket socket;
    private final Context loop;
    private final SocketParts parts;
    private final Map<String, Subscription> subscriptions = new HashMap<>();

    /** What all sessions use. */
    record SocketParts(EventStreams streams, OpenStreams open, EventJson json) {}

    private record Subscription(Feed feed, OpenStreams.Place place) {
        void cancel() {
            feed.cancel();
            place.leave();
        }
    }

    SocketSession(Caller caller, ServerWebSocket socket, Context loop, SocketParts parts) {
        this.caller = caller;
        this.socket = socket;
        this.loop = loop;
        this.parts = parts;
    }

    void begin() {
        socket.setWriteQueueMaxSize(QUEUE_BYTES);
        socket.textMessageHandler(this::hear);
        socket.binaryMessageHandler(_ -> socket.close(NO_BINARY, "frames are text"));
        socket.drainHandler(_ -> drained());
    }

    /** The connection is closed. */
    void over() {
        List.copyOf(subscriptions.values()).forEach(Subscription::cancel);
        subscriptions.clear();
    }

    private void drained() {
        socket.resume();
        List.copyOf(subscriptions.values()).forEach(subscription -> subscription.feed.drained());
    }

    private void hear(String text) {
        if (text.length() > MOST_BYTES) {
            socket.close(TOO_BIG, "frames have " + MOST_BYTES + " bytes at most");
            return;
        }
        SocketRequest request = null;
        try {
            request = parts.json().request(text);
            follow(request);
        } catch (JsonProcessingException _) {
            refuse(null, Problems.malformed("The frame is not a request as JSON."));
        } catch (ProblemException problem) {
            refuse(request, problem);
        }
        if (socket.writeQueueFull()) {
            socket.pause();
        }
    }

    private void refuse(@Nullable SocketRequest request, ProblemException problem) {
        String name = request == null ? null : request.id();
        tell(
                SocketMessage.error(
                        name == null || name.length() > MOST_NAME ? null : name,
                        problem.toProblem(null, null)));
    }

    private void follow(SocketRequest request) {
        String name = request.id();
        if (name == null || name.isEmpty() || name.length() > MOST_NAME) {
            throw Problems.malformed(
                    "The frame has no id. Give the subscription a name of 1 to "
                            + MOST_NAME
                            + " characters.");
        }
        switch (Objects.requireNonNullElse(request.type(), "")) {
            case "subscribe" -> subscribe(name, request);
            case "unsubscribe" -> unsubscribe(name);
            default -> throw Problems.malformed("The type must be subscribe or unsubscribe.");
        }
    }

    private void subscribe(String name, SocketRequest request) {
        if (subscriptions.containsKey(name)) {
            throw Problems.malformed(
                    "There is a subscription of this id. Unsubscribe first, or choose another.");
        }
        if (subscriptions.size() == MOST_SUBSCRIPTIONS) {
            throw Problems.malformed(
                    "There are " + MOST_SUBSCRIPTIONS + " subscriptions, as many as may be.");
        }
        SocketOutlet outlet = new SocketOutlet(name);
        Feed feed = feed(request, outlet);
        Subscription subscription = new Subscription(feed, parts.open().enter());
        subscriptions.put(name, subscription);
        feed.open()
                .subscribe()
                .with(
                        going -> {
                            if (!going) {
                                outlet.end();
                            }
                        },
                        failure -> fail(name, subscription, failure));
    }

    private Feed feed(SocketRequest request, Outlet outlet) {
        String jobId = request.jobId();
        if (jobId == null) {
            return parts.streams().owner(caller, request.filter(), request.after(), loop, outlet);
        }
        if (request.hasFilters()) {
            throw Problems.malformed("A subscription has either a jobId or labels and states.");
        }
        return parts.streams().job(caller, jobId, request.after(), loop, outlet);
    }

    private void fail(String name, Subscription subscription, Throwable failure) {
        if (subscriptions.remove(name, subscription)) {
            subscription.cancel();
            ProblemException problem =
                    failure instanceof ProblemException known
                            ? known
                            : Problems.unavailable("The database");
            tell(SocketMessage.error(name, problem.toProblem(null, null)));
        }
    }

    private void unsubscribe(String name) {
        Subscription subscription = subscriptions.remove(name);
        if (subscription == null) {
            throw Problems.malformed("There is no subscription of this id.");
        }
        subscription.cancel();
        tell(SocketMessage.unsubscribed(name));
    }

    private void tell(SocketMessage message) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(parts.json().text(message));
        }
    }

    @Override
    public void ping() {
        loop.runOnContext(
                _ -> {
                    if (!socket.isClosed() && !socket.writeQueueFull()) {
                        socket.writePing(Buffer.buffer());
                    }
                });
    }

    @Override
    public void goAway() {
        loop.runOnContext(
                _ -> {
                    if (!socket.isClosed()) {
                        socket.close(GOING_AWAY, "this replica stops");
                    }
                });
    }

    /** Leads to the client under the name of one subscription. */
    private final class SocketOutlet implements Outlet {
        private final String name;
        private boolean begun;

        SocketOutlet(String name) {
            this.name = name;
        }

        @Override
        public void begin() {
            if (!begun) {
                begun = true;
                tell(SocketMessage.subscribed(name));
            }
        }

        @Override
        public void send(StreamEvent event) {
            begin();
            tell(SocketMessage.event(name, event));
        }

        @Override
        public boolean isFull() {
            return socket.isClosed() || socket.writeQueueFull();
        }

        @Override
        public void end() {
            begin();
            Subscription subscription = subscriptions.remove(name);
            if (subscription != null) {
                subscription.cancel();
                tell(SocketMessage.unsubscribed(name));
            }
        }
    }
}
