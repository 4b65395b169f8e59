package io.tidemill.bench.standing;

import io.tidemill.local.process.LaunchException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A client of the API that keeps many requests under way on one thread. */
public final class ApiClient implements AutoCloseable {
    public static final String OWNER = "bench";
    private static final int CONNECTIONS = 256;
    private static final int PATIENCE_SECONDS = 60;

    private static final long PAUSE_MILLIS = 1_000;
    private static final String JSON = "application/json";
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** Not now, but later. */
    private static final class Refusal extends RuntimeException {
        Refusal() {
            super("refused for now");
        }
    }

    private final AtomicInteger refusals = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http;
    private final URI root;

    public ApiClient(URI root) {
        this.root = root;
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions().setKeepAlive(true),
                        new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    /** Sends a request under a key of its own; fails unless the answer is of the 200s. */
    public Future<Buffer> send(HttpMethod method, String path, String mediaType, Buffer body) {
        return send(method, path, body, posting(method, mediaType, UUID.randomUUID().toString()));
    }

    private static Map<String, String> posting(HttpMethod method, String mediaType, String key) {
        return method == HttpMethod.POST
                ? Map.of("Content-Type", mediaType, "Idempotency-Key", key)
                : Map.of();
    }

    /** Sends a request with further headers; fails unless the answer is of the 200s. */
    public Future<Buffer> send(
            HttpMethod method, String path, Buffer body, Map<String, String> headers) {
        RequestOptions request =
                new RequestOptions()
                        .setMethod(method)
                        .setHost(root.getHost())
                        .setPort(root.getPort())
                        .setURI(path)
                        .putHeader("X-Tidemill-Owner", OWNER);
        headers.forEach(request::putHeader);
        return http.request(request).compose(open -> answer(open, path, body));
    }

    /**
     * Composed here, so that the body is asked for by the thread that reads it: after a hop to
     * another event loop it may have passed by, and would be waited for in vain.
     */
    private static Future<Buffer> answer(HttpClientRequest open, String path, Buffer body) {
        return open.send(body)
                .compose(
                        answer ->
                                answer.body()
                                        .map(bytes -> checked(answer.statusCode(), path, bytes)));
    }

    private static Buffer checked(int status, String path, Buffer body) {
        if (status == TOO_MANY || status == UNAVAILABLE) {
            throw new Refusal();
        }
        if (status / 100 != 2) {
            throw new LaunchException(path + " was answered " + status + " " + body);
        }
        return body;
    }

    public Future<JsonObject> get(String path) {
        return send(HttpMethod.GET, path, "", Buffer.buffer()).map(Buffer::toJsonObject);
    }

    /** Submits a job with this body, once. */
    public Future<JsonObject> submit(Buffer body) {
        return submit(body, UUID.randomUUID().toString());
    }

    private Future<JsonObject> submit(Buffer body, String key) {
        return send(HttpMethod.POST, "/v1/jobs", body, posting(HttpMethod.POST, JSON, key))
                .map(Buffer::toJsonObject);
    }

    /** Submits a job, after a pause again under the same key for as long as it is refused. */
    public Future<JsonObject> insist(Buffer body) {
        return insist(body, UUID.randomUUID().toString());
    }

    private Future<JsonObject> insist(Buffer body, String key) {
        return submit(body, key)
                .recover(
                        failure ->
                                failure instanceof Refusal
                                        ? pause().compose(_ -> insist(body, key))
                                        : Future.failedFuture(failure));
    }

    private Future<Void> pause() {
        refusals.incrementAndGet();
        return Future.future(paused -> vertx.setTimer(PAUSE_MILLIS, _ -> paused.complete()));
    }

    /** How often it was refused so far. */
    public int refusals() {
        return refusals.get();
    }

    /** Uploads so many small files of different content; tells their ids. */
    public List<String> upload(int count) {
        return Stream.generate(() -> Buffer.buffer("A drill: " + UUID.randomUUID()))
                .limit(count)
                .map(text -> await(send(HttpMethod.POST, "/v1/files", "text/plain", text)))
                .map(answer -> answer.toJsonObject().getString("id"))
                .toList();
    }

    /** The body of a job that does nothing to these files. */
    public static Buffer doNothing(List<String> files) {
        JsonObject step = new JsonObject().put("id", "nothing").put("operation", "noop");
        return new JsonObject().put("files", files).put("steps", List.of(step)).toBuffer();
    }

    /** What it came to. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new LaunchException("a request failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
