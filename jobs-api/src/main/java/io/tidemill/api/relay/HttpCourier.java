package io.tidemill.api.relay;

import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.delivery.AttemptResult;
import io.tidemill.api.delivery.AttemptResult.Broken;
import io.tidemill.api.delivery.Signature;
import io.tidemill.api.delivery.TargetUrl;
import io.tidemill.api.delivery.UrlRules;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.ClaimedDelivery;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Makes one attempt at a delivery over HTTP: to an address that was checked, signed as Standard
 * Webhooks 1.0 has it, without following redirects, keeping cookies or keeping the connection.
 */
@ApplicationScoped
class HttpCourier {
    private static final Logger LOG = Logger.getLogger(HttpCourier.class);

    private final Vertx vertx;
    private final EventBody bodies;
    private final HttpClient client;
    private final UrlRules rules;
    private final CheckedAddresses addresses;
    private final Duration timeout;

    HttpCourier(Vertx vertx, EventBody bodies, NameResolver names, ApiConfig config) {
        ApiConfig.Webhook webhook = config.webhook();
        this.vertx = vertx;
        this.bodies = bodies;
        this.rules = new UrlRules(webhook.local(), webhook.ports());
        this.addresses = new CheckedAddresses(names, rules.addresses());
        this.timeout = webhook.timeout();
        this.client =
                vertx.httpClientBuilder()
                        .with(options(timeout))
                        .with(new PoolOptions().setHttp1MaxSize(webhook.concurrency()))
                        .withConnectHandler(
                                connection -> connection.exceptionHandler(HttpCourier::note))
                        .build();
    }

    private static HttpClientOptions options(Duration timeout) {
        return new HttpClientOptions()
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setTracingPolicy(TracingPolicy.IGNORE);
    }

    /** What receivers do wrong stands in the log of deliveries; they shall not fill ours. */
    private static void note(Throwable failure) {
        LOG.debugf("Webhooks: %s", failure.getMessage());
    }

    /** Completes in time, and never fails. To be called on an event loop. */
    Future<AttemptResult> deliver(ClaimedDelivery delivery, String to) {
        return switch (TargetUrl.read(to, rules)) {
            case TargetUrl.Reading.Refused _ ->
                    Future.succeededFuture(new Broken(AttemptResult.Failure.ADDRESS_REFUSED));
            case TargetUrl.Reading.Valid(TargetUrl url) -> post(delivery, url);
        };
    }

    private Future<AttemptResult> post(ClaimedDelivery delivery, TargetUrl url) {
        String body = bodies.of(delivery);
        RequestOptions request =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setSsl(url.tls())
                        .setHost(url.host())
                        .setPort(url.port())
                        .setURI(url.path())
                        .setFollowRedirects(false)
                        .setHeaders(headers(delivery, body));
        return new HttpAttempt(vertx, client, request, Buffer.buffer(body))
                .run(() -> addresses.of(url), timeout);
    }

    private static MultiMap headers(ClaimedDelivery delivery, String body) {
        String id = TypeId.WEBHOOK_DELIVERY.format(delivery.id());
        long seconds = Instant.now().getEpochSecond();
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap()
                        .add("Content-Type", "application/json")
                        .add("User-Agent", "Tidemill-Webhooks/1")
                        .add("webhook-id", id)
                        .add("webhook-timestamp", Long.toString(seconds))
                        .add(
                                "webhook-signature",
                                Signature.of(delivery.secrets(), id, seconds, body));
        return delivery.traceparent() == null
                ? headers
                : headers.add("traceparent", delivery.traceparent());
    }
}
