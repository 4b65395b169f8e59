package io.tidemill.api.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.delivery.EndpointSecret;
import io.tidemill.api.dto.WebhookEndpointKind;
import io.tidemill.api.dto.WebhookEndpointList;
import io.tidemill.api.dto.WebhookEndpointSubmission;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.paging.Cursor;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.Answer;
import io.tidemill.api.store.StoredEndpoint;
import io.tidemill.api.store.WebhookEndpointStore;
import io.tidemill.api.store.WebhookEndpointStore.NewEndpoint;
import io.tidemill.api.web.EntityTags;
import io.tidemill.api.web.IdempotencyKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates, reads, lists, disables, enables and deletes the endpoints of one owner. */
@ApplicationScoped
class EndpointService {
    private static final String LIST = "webhook-endpoints";
    private static final int CREATED = 201;

    private final EndpointReader reader;
    private final WebhookEndpointStore store;
    private final EntityTags tags;
    private final IdSource ids;
    private final ApiConfig.Webhook config;
    private final SecureRandom random = new SecureRandom();

    EndpointService(
            EndpointReader reader,
            WebhookEndpointStore store,
            EntityTags tags,
            IdSource ids,
            ApiConfig config) {
        this.reader = reader;
        this.store = store;
        this.tags = tags;
        this.ids = ids;
        this.config = config.webhook();
    }

    /** Completes when the endpoint is committed, or was before under the same key. */
    Uni<Answer> create(Caller caller, @Nullable String key, @Nullable JsonNode body) {
        var claim = IdempotencyKeys.claim(caller, key, "webhook-endpoint", String.valueOf(body));
        NewEndpoint endpoint = newEndpoint(caller, reader.read(body));
        return store.create(endpoint, claim, config.endpoints(), this::created);
    }

    private NewEndpoint newEndpoint(Caller caller, WebhookEndpointSubmission submission) {
        return new NewEndpoint(
                ids.next(),
                caller.owner(),
                EndpointReader.kind(submission),
                submission.url(),
                Objects.requireNonNullElse(submission.recipients(), List.of()),
                submission.description(),
                Objects.requireNonNullElse(submission.eventTypes(), List.of()),
                Boolean.TRUE.equals(submission.namedJobsOnly()),
                EndpointSecret.create(random));
    }

    private Answer created(StoredEndpoint endpoint) {
        return new Answer(
                CREATED,
                EndpointViews.link(endpoint.id()),
                tags.tag(EndpointViews.endpoint(endpoint)).etag(),
                tags.tag(EndpointViews.withSecret(endpoint)).body());
    }

    Uni<WebhookEndpointList> list(Caller caller, int limit, @Nullable String cursor) {
        UUID before =
                Cursor.decode(cursor, caller.owner(), LIST, 1)
                        .map(keys -> Cursor.uuid(keys.getFirst()))
                        .orElse(null);
        return store.list(caller.owner(), before, limit + 1)
                .map(endpoints -> page(caller, endpoints, limit));
    }

    private static WebhookEndpointList page(
            Caller caller, List<StoredEndpoint> endpoints, int limit) {
        List<StoredEndpoint> page = endpoints.subList(0, Math.min(limit, endpoints.size()));
        String next =
                endpoints.size() > limit
                        ? new Cursor(caller.owner(), LIST, List.of(page.getLast().id().toString()))
                                .encode()
                        : null;
        return new WebhookEndpointList(page.stream().map(EndpointViews::endpoint).toList(), next);
    }

    Uni<StoredEndpoint> get(Caller caller, String endpointId) {
        return known(endpointId, store.find(caller.owner(), id(endpointId)));
    }

    Uni<StoredEndpoint> disable(Caller caller, String endpointId) {
        return known(endpointId, store.disable(caller.owner(), id(endpointId)));
    }

    Uni<StoredEndpoint> enable(Caller caller, String endpointId) {
        return known(endpointId, store.enable(caller.owner(), id(endpointId)));
    }

    /** The endpoint, with a secret that nobody has seen before. */
    Uni<StoredEndpoint> rotate(Caller caller, String endpointId) {
        EndpointSecret secret = EndpointSecret.create(random);
        return get(caller, endpointId)
                .invoke(EndpointService::requireSecret)
                .chain(
                        endpoint ->
                                store.rotate(
                                        caller.owner(),
                                        endpoint.id(),
                                        secret,
                                        config.secretOverlap()))
                .map(found -> found.orElseThrow(() -> unknown(endpointId)));
    }

    private static void requireSecret(StoredEndpoint endpoint) {
        if (endpoint.kind() != WebhookEndpointKind.WEBHOOK) {
            throw Problems.noSecret();
        }
    }

    Uni<Void> delete(Caller caller, String endpointId) {
        return store.delete(caller.owner(), id(endpointId))
                .invoke(
                        found -> {
                            if (!found) {
                                throw unknown(endpointId);
                            }
                        })
                .replaceWithVoid();
    }

    /** The id in its public form; what is not one is unknown. */
    static UUID id(String endpointId) {
        return TypeId.WEBHOOK_ENDPOINT.parse(endpointId).orElseThrow(() -> unknown(endpointId));
    }

    private static Uni<StoredEndpoint> known(
            String endpointId, Uni<Optional<StoredEndpoint>> endpoint) {
        return endpoint.map(found -> found.orElseThrow(() -> unknown(endpointId)));
    }

    static RuntimeException unknown(String endpointId) {
        return Problems.notFound("webhook endpoint", endpointId);
    }
}
