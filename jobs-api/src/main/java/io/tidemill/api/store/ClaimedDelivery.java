package io.tidemill.api.store;

import io.tidemill.api.delivery.EndpointSecret;
import io.tidemill.api.dto.WebhookDisabledReason;
import io.tidemill.api.dto.WebhookEventType;
import io.tidemill.api.lifecycle.JobState;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that a relay makes an attempt at.
 *
 * @param attempt its number, the fence against relays given up
 * @param usedAttempts of the present schedule, this one included
 * @param news what it tells
 * @param url of a webhook; mail has recipients in its place
 * @param secrets the present one first
 * @param enabled whether anything may be sent there at all
 */
public record ClaimedDelivery(
        UUID id,
        UUID endpointId,
        WebhookEventType eventType,
        long sequence,
        Instant createTime,
        int attempt,
        int usedAttempts,
        News news,
        @Nullable String traceparent,
        @Nullable String url,
        List<String> recipients,
        List<EndpointSecret> secrets,
        boolean enabled) {

    /** What there is to tell. */
    public sealed interface News {}

    /** A job as it was when it ended. */
    public record EndedJob(
            UUID id,
            int generation,
            JobState state,
            @Nullable String clientReference,
            Map<String, String> labels)
            implements News {}

    /** Another endpoint of the same owner was disabled because of how it answered. */
    public record DisabledEndpoint(UUID id, WebhookDisabledReason reason) implements News {}

    /** Nothing: somebody tries it out. */
    public record Trial() implements News {}

    /** The same, in another place of its trace. */
    public ClaimedDelivery tracedBy(String traceparent) {
        return new ClaimedDelivery(
                id,
                endpointId,
                eventType,
                sequence,
                createTime,
                attempt,
                usedAttempts,
                news,
                traceparent,
                url,
                recipients,
                secrets,
                enabled);
    }

    static ClaimedDelivery of(Row row) {
        return new ClaimedDelivery(
                row.getUUID("id"),
                row.getUUID("endpoint_id"),
                WebhookEventType.of(row.getString("event_type")),
                row.getLong("sequence"),
                row.getOffsetDateTime("create_time").toInstant(),
                row.getInteger("attempt"),
                row.getInteger("used_attempts"),
                news(row),
                row.getString("traceparent"),
                row.getString("url"),
                List.of(row.getArrayOfStrings("recipients")),
                Stream.of("secret", "previous_secret")
                        .map(row::getString)
                        .filter(Objects::nonNull)
                        .map(EndpointSecret::new)
                        .toList(),
                row.getBoolean("enabled"));
    }

    private static News news(Row row) {
        if (row.getUUID("job_id") != null) {
            return job(row);
        }
        UUID disabled = row.getUUID("disabled_endpoint");
        return disabled == null
                ? new Trial()
                : new DisabledEndpoint(
                        disabled, WebhookDisabledReason.valueOf(row.getString("disabled_reason")));
    }

    private static EndedJob job(Row row) {
        return new EndedJob(
                row.getUUID("job_id"),
                row.getInteger("generation"),
                JobState.valueOf(row.getString("job_state")),
                row.getString("client_reference"),
                JobStore.labels(row.getArrayOfStrings("labels")));
    }
}
