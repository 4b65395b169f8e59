package io.tidemill.api.store;

import io.tidemill.api.estimate.WaitReason;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that waits, and why, as far as that can be told without a look at limits and rates.
 *
 * @param priority its class: 0 HIGH, 1 NORMAL, 2 LOW
 * @param dueTime since when it may run, or from when on
 * @param scheduleTime of its job
 */
public record Waiter(
        UUID id,
        String owner,
        String taskQueue,
        String operation,
        int priority,
        Instant dueTime,
        WaitReason reason,
        @Nullable Instant scheduleTime) {
    /** Operations that some live processor offers; begins a statement that has {@link #REASON}. */
    static final String OFFERED =
            """
            with offered as materialized (
              select distinct o ->> 'name' as operation from worker w, json_array_elements(w.operations::json) o
              where w.last_seen > now() - interval '2 minutes' and o ->> 'unavailableReason' is null)""";

    /** Why task {@code t} of job {@code j} waits; null when it does not. */
    static final String REASON =
            """
            case
              when t.state = 'BLOCKED' then 'NEEDED_STEP'
              when t.state not in ('QUEUED', 'RETRYING') then null
              when t.paused or j.paused then 'PAUSED'
              when t.state = 'RETRYING' then 'BACKOFF'
              when j.scheduled then 'SCHEDULED'
              when exists (select 1 from circuit c where c.operation = t.operation and c.open_until is not null) then 'CIRCUIT_OPEN'
              when t.operation not in (select operation from offered) then 'NO_PROCESSOR'
              else 'QUEUE'
            end as wait_reason""";

    /** What else a row must have for {@link #of}. */
    static final String COLUMNS =
            "t.id, t.owner, t.task_queue, t.operation, t.priority, t.due_time, j.schedule_time";

    /** Null when it does not wait. */
    static @Nullable Waiter of(Row row) {
        String reason = row.getString("wait_reason");
        return reason == null
                ? null
                : new Waiter(
                        row.getUUID("id"),
                        row.getString("owner"),
                        row.getString("task_queue"),
                        row.getString("operation"),
                        row.getInteger("priority"),
                        row.getOffsetDateTime("due_time").toInstant(),
                        WaitReason.valueOf(reason),
                        Sql.instant(row.getOffsetDateTime("schedule_time")));
    }

    /** Whether it stands in the line that the dispatcher takes from. */
    public boolean isQueued() {
        return switch (reason) {
            case QUEUE, CIRCUIT_OPEN, NO_PROCESSOR, CONCURRENCY_LIMIT, RATE_LIMIT -> true;
            case NEEDED_STEP, BACKOFF, PAUSED, SCHEDULED -> false;
        };
    }

    /** When it may run at the earliest, if that lies in itself; null: now. */
    public @Nullable Instant notBefore() {
        return switch (reason) {
            case BACKOFF -> dueTime;
            case SCHEDULED -> scheduleTime;
            case NEEDED_STEP,
                    QUEUE,
                    PAUSED,
                    CIRCUIT_OPEN,
                    NO_PROCESSOR,
                    CONCURRENCY_LIMIT,
                    RATE_LIMIT ->
                    null;
        };
    }
}
