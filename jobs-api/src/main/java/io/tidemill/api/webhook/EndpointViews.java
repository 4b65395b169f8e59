package io.tidemill.api.webhook;

import io.tidemill.api.dto.WebhookEndpoint;
import io.tidemill.api.dto.WebhookEndpointKind;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.StoredEndpoint;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows endpoints to their owners. */
final class EndpointViews {
    static final String PATH = "/v1/webhook-endpoints/";

    private EndpointViews() {}

    static String link(UUID id) {
        return PATH + TypeId.WEBHOOK_ENDPOINT.format(id);
    }

    static WebhookEndpoint endpoint(StoredEndpoint endpoint) {
        return view(endpoint, null);
    }

    /** Only where the secret was just made. */
    static WebhookEndpoint withSecret(StoredEndpoint endpoint) {
        boolean signed = endpoint.kind() == WebhookEndpointKind.WEBHOOK;
        return view(endpoint, signed ? endpoint.secret().text() : null);
    }

    private static WebhookEndpoint view(StoredEndpoint endpoint, @Nullable String secret) {
        return new WebhookEndpoint(
                TypeId.WEBHOOK_ENDPOINT.format(endpoint.id()),
                endpoint.kind(),
                endpoint.url(),
                endpoint.recipients().isEmpty() ? null : endpoint.recipients(),
                endpoint.description(),
                endpoint.eventTypes(),
                endpoint.namedJobsOnly(),
                endpoint.disabledReason() == null,
                endpoint.disabledTime(),
                endpoint.disabledReason(),
                secret,
                endpoint.previousSecretExpireTime(),
                endpoint.createTime());
    }
}
