package io.tidemill.faults.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls any replica of the API, for one owner. Remembers every answer that must never be given. */
public final class Client {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<URI> replicas;
    private final String owner;
    private final AtomicInteger turn = new AtomicInteger();
    private final Collection<String> defects = new ConcurrentLinkedQueue<>();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_LIMIT)
                    .build();

    public Client(List<URI> replicas, String owner) {
        this.replicas = List.copyOf(replicas);
        this.owner = owner;
    }

    public int replicas() {
        return replicas.size();
    }

    /** Answers of status 500 so far. */
    public List<String> defects() {
        return List.copyOf(defects);
    }

    /** Asks the next replica. */
    public Answer get(String path) {
        return get(turn.getAndIncrement(), path);
    }

    /**
     * @param replica which one, counted round
     */
    public Answer get(int replica, String path) {
        return send(request(replica, path).GET(), path);
    }

    public Answer post(String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = request(turn.getAndIncrement(), path);
        headers.forEach(request::header);
        return send(request.POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8)), path);
    }

    private HttpRequest.Builder request(int replica, String path) {
        URI root = replicas.get(Math.floorMod(replica, replicas.size()));
        return HttpRequest.newBuilder(root.resolve(path))
                .timeout(LIMIT)
                .header("X-Tidemill-Owner", owner);
    }

    private Answer send(HttpRequest.Builder builder, String path) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response =
                    http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            Answer answer = new Answer(response.statusCode(), response.body());
            if (answer.isUntypedError()) {
                defects.add(request.method() + " " + path + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            return Answer.none(String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.none("interrupted");
        }
    }
}
