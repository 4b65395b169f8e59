package io.tidemill.api.relay;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.tidemill.api.delivery.AskedWait;
import io.tidemill.api.delivery.AttemptResult;
import io.tidemill.api.delivery.AttemptResult.Answered;
import io.tidemill.api.delivery.AttemptResult.Broken;
import io.tidemill.api.delivery.AttemptResult.Failure;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One POST to one receiver, which is not trusted in anything: not to answer in time, nor briefly,
 * nor at all. The status decides; of what follows at most 64 KB are read, and dropped. Lives on one
 * event loop.
 */
final class HttpAttempt {
    private static final int MOST_READ = 64 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final RequestOptions options;
    private final Buffer body;
    private final Promise<AttemptResult> result = Promise.promise();
    private @Nullable HttpClientRequest request;
    private @Nullable Answered answered;
    private long timer;
    private long read;
    private boolean over;

    HttpAttempt(Vertx vertx, HttpClient client, RequestOptions options, Buffer body) {
        this.vertx = vertx;
        this.client = client;
        this.options = options;
        this.body = body;
    }

    /** Completes in time, and never fails. */
    Future<AttemptResult> run(Supplier<Future<List<InetAddress>>> addresses, Duration timeout) {
        Context loop = vertx.getOrCreateContext();
        timer = vertx.setTimer(timeout.toMillis(), _ -> end(Failure.TIMEOUT));
        addresses.get().onComplete(found -> loop.runOnContext(_ -> lookedUp(found)));
        return result.future();
    }

    private void lookedUp(AsyncResult<List<InetAddress>> found) {
        if (found.succeeded()) {
            connect(found.result());
        } else {
            end(
                    found.cause() instanceof AddressRefusedException
                            ? Failure.ADDRESS_REFUSED
                            : Failure.UNKNOWN_HOST);
        }
    }

    /** Where the first address cannot be reached, the next may be. */
    private void connect(List<InetAddress> addresses) {
        if (over) {
            return;
        }
        String address = addresses.getFirst().getHostAddress();
        RequestOptions toAddress =
                new RequestOptions(options)
                        .setServer(SocketAddress.inetSocketAddress(options.getPort(), address));
        client.request(toAddress)
                .onSuccess(this::send)
                .onFailure(
                        failure -> {
                            if (failure instanceof ConnectException && addresses.size() > 1) {
                                connect(addresses.subList(1, addresses.size()));
                            } else {
                                end(reason(failure));
                            }
                        });
    }

    private void send(HttpClientRequest connected) {
        request = connected;
        if (over) {
            close();
            return;
        }
        connected.send(body).onSuccess(this::receive).onFailure(e -> end(reason(e)));
    }

    private void receive(HttpClientResponse response) {
        if (over) {
            return;
        }
        answered =
                new Answered(
                        response.statusCode(),
                        AskedWait.of(response.getHeader("Retry-After"), Instant.now())
                                .orElse(null));
        response.handler(this::drop);
        response.exceptionHandler(e -> end(reason(e)));
        response.endHandler(_ -> end(Failure.INVALID_ANSWER));
    }

    private void drop(Buffer part) {
        read += part.length();
        if (read > MOST_READ) {
            end(Failure.INVALID_ANSWER);
        }
    }

    /** The failure counts only as long as there was no status. */
    private void end(Failure failure) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        close();
        result.complete(answered == null ? new Broken(failure) : answered);
    }

    private void close() {
        if (request != null) {
            request.connection().close();
        }
    }

    private static Failure reason(Throwable failure) {
        return switch (failure) {
            case SSLException _ -> Failure.TLS_FAILED;
            case ConnectTimeoutException _ -> Failure.TIMEOUT;
            case UnknownHostException _ -> Failure.UNKNOWN_HOST;
            case DecoderException _, IllegalArgumentException _ -> Failure.INVALID_ANSWER;
            default -> Failure.CONNECTION_FAILED;
        };
    }
}
