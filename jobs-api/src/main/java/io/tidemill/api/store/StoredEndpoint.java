package io.tidemill.api.store;

import io.tidemill.api.delivery.EndpointSecret;
import io.tidemill.api.dto.WebhookDisabledReason;
import io.tidemill.api.dto.WebhookEndpointKind;
import io.tidemill.api.dto.WebhookEventType;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook endpoint as it is kept.
 *
 * @param url of a webhook, and of no other kind
 * @param recipients of mail, and of no other kind
 * @param previousSecretExpireTime null when no earlier secret counts any more
 * @param disabledReason null while it is enabled
 */
public record StoredEndpoint(
        UUID id,
        WebhookEndpointKind kind,
        @Nullable String url,
        List<String> recipients,
        @Nullable String description,
        List<WebhookEventType> eventTypes,
        boolean namedJobsOnly,
        EndpointSecret secret,
        @Nullable Instant previousSecretExpireTime,
        @Nullable Instant disabledTime,
        @Nullable WebhookDisabledReason disabledReason,
        Instant createTime) {
    static final String COLUMNS =
            """
            id, kind, url, recipients, description, event_types, named_jobs_only, secret, disabled_time, disabled_reason, create_time,
            case when previous_secret_expire_time > now() then previous_secret_expire_time end as previous_secret_expire_time
            """;

    static StoredEndpoint of(Row row) {
        return new StoredEndpoint(
                row.getUUID("id"),
                WebhookEndpointKind.valueOf(row.getString("kind")),
                row.getString("url"),
                List.of(row.getArrayOfStrings("recipients")),
                row.getString("description"),
                Arrays.stream(row.getArrayOfStrings("event_types"))
                        .map(WebhookEventType::of)
                        .toList(),
                row.getBoolean("named_jobs_only"),
                new EndpointSecret(row.getString("secret")),
                Sql.instant(row.getOffsetDateTime("previous_secret_expire_time")),
                Sql.instant(row.getOffsetDateTime("disabled_time")),
                Optional.ofNullable(row.getString("disabled_reason"))
                        .map(WebhookDisabledReason::valueOf)
                        .orElse(null),
                row.getOffsetDateTime("create_time").toInstant());
    }
}
