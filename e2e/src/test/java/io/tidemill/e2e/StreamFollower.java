package io.tidemill.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows a stream as a careful client does: cut off, it goes on at the next replica behind the
 * last id. Notes every breach of what streams promise.
 */
final class StreamFollower {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = 200_000_000;

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(CONNECT).build();

    private final List<String> replicas;
    private final String owner;
    private final String path;
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Integer> percents = new HashMap<>();
    private final List<String> breaches = new ArrayList<>();
    private int replica;
    private int connections;
    private @Nullable String lastId;
    private @Nullable String name;
    private @Nullable String id;
    private @Nullable String data;

    /**
     * @param first which replica it goes to first
     */
    StreamFollower(List<String> replicas, int first, String owner, String path) {
        this.replicas = replicas;
        this.replica = first;
        this.owner = owner;
        this.path = path;
    }

    /** What came: a name and its data; without them, a ping. */
    record Event(String name, JsonNode data) {}

    /** Goes on until an event is as wanted; blocks. */
    void followUntil(Predicate<Event> wanted) {
        while (!connected(wanted)) {
            replica++;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean connected(Predicate<Event> wanted) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(replicas.get(replica % replicas.size()) + path))
                        .header("X-Tidemill-Owner", owner);
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        try {
            HttpResponse<InputStream> response =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return switch (response.statusCode()) {
                    case 200 -> read(body, wanted);
                    case 204 -> true;
                    case 503 -> false;
                    default -> throw new AssertionError(path + ": " + response);
                };
            }
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private boolean read(InputStream body, Predicate<Event> wanted) {
        connections++;
        name = null;
        id = null;
        data = null;
        try (Scanner lines = new Scanner(body, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                Event event = line(lines.nextLine());
                if (event != null && wanted.test(event)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** An event is whole with the empty line behind it; what was cut before counts for nothing. */
    private @Nullable Event line(String line) {
        if (line.equals(": ping")) {
            return new Event("ping", MissingNode.getInstance());
        }
        if (line.startsWith("id: ")) {
            id = line.substring(4);
        } else if (line.startsWith("event: ")) {
            name = line.substring(7);
        } else if (line.startsWith("data: ")) {
            data = line.substring(6);
        } else if (line.isEmpty() && name != null && data != null) {
            Event event = new Event(name, Api.parse(data));
            take(event);
            name = null;
            data = null;
            id = null;
            return event;
        }
        return null;
    }

    private void take(Event event) {
        JsonNode content = event.data();
        switch (event.name()) {
            case "snapshot" -> snapshot(content);
            case "change", "end" -> {
                change(content);
                percent(content);
            }
            case "progress" -> percent(content);
            default -> {}
        }
        if (id != null) {
            lastId = id;
        }
    }

    private void snapshot(JsonNode content) {
        if (lastId != null || content.has("reset")) {
            breaches.add("a snapshot when it was not due: " + content);
        }
        sequences.put(content.at("/job/id").asText(), content.path("sequence").asLong());
    }

    private void change(JsonNode content) {
        String job = content.path("jobId").asText();
        long before = sequences.getOrDefault(job, 0L);
        long now = content.path("sequence").asLong();
        if (now != before + 1) {
            breaches.add(job + ": " + now + " came after " + before);
        }
        sequences.put(job, now);
    }

    /** For jobs that nobody retries: it must not fall within a generation. */
    private void percent(JsonNode content) {
        String job = content.path("jobId").asText();
        int now = content.path("percent").asInt();
        int before = percents.getOrDefault(job, 0);
        if (now < before) {
            breaches.add(job + ": " + now + " % came after " + before + " %");
        }
        percents.put(job, now);
    }

    /** The percent it was told last; 0 when it was told none. */
    int percent(String job) {
        return percents.getOrDefault(job, 0);
    }

    /** The number of the latest change of that job it has been told. */
    long sequence(String job) {
        return sequences.getOrDefault(job, 0L);
    }

    /** How often it was answered by a stream. */
    int connections() {
        return connections;
    }

    List<String> breaches() {
        return breaches;
    }
}
