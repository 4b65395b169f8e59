package io.tidemill.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's server that is told of ended jobs. It takes its time over each answer. */
public final class WebhookReceiver implements AutoCloseable {
    private static final int DONE = 204;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Duration pause;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final ConcurrentMap<String, Set<String>> idsOfJobs = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<String>> bodiesOfIds = new ConcurrentHashMap<>();

    /**
     * Listens on a free port of this machine.
     *
     * @param pause between a request and its answer
     */
    public WebhookReceiver(Duration pause) throws IOException {
        this.pause = pause;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
    }

    /** Requests it has not answered yet. */
    public int open() {
        return open.get();
    }

    /** Requests it has got, repetitions included. */
    public int received() {
        return received.get();
    }

    /** Different {@code webhook-id}s under which it was told of that job. */
    public Set<String> idsOf(String jobId) {
        return Set.copyOf(idsOfJobs.getOrDefault(jobId, Set.of()));
    }

    /** Different bodies that came under that {@code webhook-id}. */
    public Set<String> bodiesOf(String id) {
        return Set.copyOf(bodiesOfIds.getOrDefault(id, Set.of()));
    }

    private void receive(HttpExchange exchange) throws IOException {
        open.incrementAndGet();
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            note(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")), body);
            Wait.until(pause, () -> false);
            exchange.sendResponseHeaders(DONE, -1);
        } finally {
            open.decrementAndGet();
        }
    }

    private void note(String id, String body) {
        JsonNode json = new Answer(DONE, body).json();
        idsOfJobs
                .computeIfAbsent(
                        json.at("/data/jobId").asText(), _ -> ConcurrentHashMap.newKeySet())
                .add(id);
        // the timestamp is that of the attempt
        String state = json.at("/type").asText() + json.at("/data");
        bodiesOfIds.computeIfAbsent(id, _ -> ConcurrentHashMap.newKeySet()).add(state);
        received.incrementAndGet();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
