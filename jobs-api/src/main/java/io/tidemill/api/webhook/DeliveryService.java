package io.tidemill.api.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.WebhookDeliveryList;
import io.tidemill.api.dto.WebhookRedelivered;
import io.tidemill.api.dto.WebhookRedelivery;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.relay.Relay;
import io.tidemill.api.store.StoredDelivery;
import io.tidemill.api.store.StoredEndpoint;
import io.tidemill.api.store.WebhookDeliveryStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the log of an endpoint's deliveries, and has deliveries made on request. */
@ApplicationScoped
class DeliveryService {
    private static final int MOST_REDELIVERED = 1_000;

    private final EndpointService endpoints;
    private final RedeliveryReader reader;
    private final WebhookDeliveryStore store;
    private final Relay relay;

    DeliveryService(
            EndpointService endpoints,
            RedeliveryReader reader,
            WebhookDeliveryStore store,
            Relay relay) {
        this.endpoints = endpoints;
        this.reader = reader;
        this.store = store;
        this.relay = relay;
    }

    Uni<WebhookDeliveryList> list(Caller caller, String endpointId, DeliveryQuery query) {
        return endpoints
                .get(caller, endpointId)
                .chain(endpoint -> store.list(query.filter(caller, endpoint.id())))
                .map(found -> page(caller, EndpointService.id(endpointId), query, found));
    }

    private static WebhookDeliveryList page(
            Caller caller, UUID endpoint, DeliveryQuery query, List<StoredDelivery> found) {
        List<StoredDelivery> page = found.subList(0, Math.min(query.limit(), found.size()));
        String next =
                found.size() > query.limit()
                        ? query.cursorAfter(caller, endpoint, page.getLast().sequence())
                        : null;
        return new WebhookDeliveryList(page.stream().map(DeliveryViews::delivery).toList(), next);
    }

    Uni<StoredDelivery> get(Caller caller, String endpointId, String deliveryId) {
        UUID id = TypeId.WEBHOOK_DELIVERY.parse(deliveryId).orElseThrow(() -> unknown(deliveryId));
        return endpoints
                .get(caller, endpointId)
                .chain(endpoint -> store.find(endpoint.id(), id))
                .map(found -> found.orElseThrow(() -> unknown(deliveryId)));
    }

    /** The delivery of a test event, on its way. */
    Uni<StoredDelivery> test(Caller caller, String endpointId) {
        return endpoints
                .get(caller, endpointId)
                .chain(endpoint -> store.addTest(endpoint.id()))
                .map(delivery -> delivery.orElseThrow(Problems::endpointDisabled))
                .invoke(relay::nudge);
    }

    Uni<WebhookRedelivered> redeliver(Caller caller, String endpointId, @Nullable JsonNode body) {
        WebhookRedelivery wanted = reader.read(body);
        return endpoints
                .get(caller, endpointId)
                .invoke(DeliveryService::requireEnabled)
                .chain(endpoint -> redeliver(endpoint.id(), wanted))
                .invoke(relay::nudge);
    }

    private static void requireEnabled(StoredEndpoint endpoint) {
        if (endpoint.disabledReason() != null) {
            throw Problems.endpointDisabled();
        }
    }

    private Uni<WebhookRedelivered> redeliver(UUID endpoint, WebhookRedelivery wanted) {
        String one = wanted.deliveryId();
        if (one != null) {
            UUID id = TypeId.WEBHOOK_DELIVERY.parse(one).orElseThrow(DeliveryService::noSuch);
            return store.redeliver(endpoint, id).map(DeliveryService::one);
        }
        Instant since = Objects.requireNonNull(wanted.failedSince(), "the schema wants either");
        return store.redeliverFailed(endpoint, since, MOST_REDELIVERED)
                .map(count -> new WebhookRedelivered(count, count == MOST_REDELIVERED));
    }

    private static WebhookRedelivered one(boolean found) {
        if (!found) {
            throw noSuch();
        }
        return new WebhookRedelivered(1, false);
    }

    private static RuntimeException noSuch() {
        return Problems.invalid(
                List.of(
                        new FieldError(
                                "/deliveryId", "is not the id of a delivery of this endpoint")));
    }

    private static RuntimeException unknown(String deliveryId) {
        return Problems.notFound("webhook delivery", deliveryId);
    }
}
