package io.tidemill.api.store;

import io.tidemill.api.delivery.EndpointSecret;
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
 * @param job null for a test
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
        @Nullable EndedJob job,
        @Nullable String traceparent,
        @Nullable String url,
        List<String> recipients,
        List<EndpointSecret> secrets,
        boolean enabled) {

    /** A job as it was when it ended. */
    public record EndedJob(
            UUID id,
            int generation,
            JobState state,
            @Nullable String clientReference,
            Map<String, String> labels) {}

    static ClaimedDelivery of(Row row) {
        return new ClaimedDelivery(
                row.getUUID("id"),
                row.getUUID("endpoint_id"),
                WebhookEventType.of(row.getString("event_type")),
                row.getLong("sequence"),
                row.getOffsetDateTime("create_time").toInstant(),
                row.getInteger("attempt"),
                row.getInteger("used_attempts"),
                row.getUUID("job_id") == null ? null : job(row),
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

    private static EndedJob job(Row row) {
        return new EndedJob(
                row.getUUID("job_id"),
                row.getInteger("generation"),
                JobState.valueOf(row.getString("job_state")),
                row.getString("client_reference"),
                JobStore.labels(row.getArrayOfStrings("labels")));
    }
}
