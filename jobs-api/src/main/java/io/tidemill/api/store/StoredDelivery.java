package io.tidemill.api.store;

import io.tidemill.api.dto.WebhookDeliveryState;
import io.tidemill.api.dto.WebhookEventType;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A delivery as its log shows it. */
public record StoredDelivery(
        UUID id,
        UUID endpointId,
        WebhookEventType eventType,
        long sequence,
        @Nullable UUID jobId,
        WebhookDeliveryState state,
        @Nullable String errorCode,
        Instant createTime,
        @Nullable Instant dueTime,
        @Nullable Instant endTime,
        List<Attempt> attempts) {
    static final String COLUMNS =
            "id, endpoint_id, event_type, sequence, job_id, state, error_code, create_time, due_time, end_time";

    /** One try that was answered, or was given up by whoever made it. */
    public record Attempt(
            int number,
            Instant startTime,
            long durationMillis,
            @Nullable Integer status,
            @Nullable String errorCode) {
        static Attempt of(Row row) {
            return new Attempt(
                    row.getInteger("number"),
                    row.getOffsetDateTime("start_time").toInstant(),
                    row.getLong("duration_millis"),
                    row.getInteger("status"),
                    row.getString("error_code"));
        }
    }

    static StoredDelivery of(Row row, List<Attempt> attempts) {
        return new StoredDelivery(
                row.getUUID("id"),
                row.getUUID("endpoint_id"),
                WebhookEventType.of(row.getString("event_type")),
                row.getLong("sequence"),
                row.getUUID("job_id"),
                WebhookDeliveryState.valueOf(row.getString("state")),
                row.getString("error_code"),
                row.getOffsetDateTime("create_time").toInstant(),
                Sql.instant(row.getOffsetDateTime("due_time")),
                Sql.instant(row.getOffsetDateTime("end_time")),
                attempts);
    }
}
