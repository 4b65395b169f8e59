package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.WebhookDeliveryState;
import io.tidemill.api.dto.WebhookEventType;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The log of deliveries, and what its readers may ask for: a test, a delivery once more. Whoever
 * asks has made sure of whose endpoint it is.
 */
@ApplicationScoped
public class WebhookDeliveryStore {
    private static final String LIST =
            "select "
                    + StoredDelivery.COLUMNS
                    + """
                     from webhook_delivery
                    where endpoint_id = $1 and ($2::text is null or state = $2) and ($3::text is null or event_type = $3)
                      and ($4::bigint is null or sequence < $4) order by sequence desc limit $5""";

    private static final String FIND =
            "select "
                    + StoredDelivery.COLUMNS
                    + " from webhook_delivery where endpoint_id = $1 and id = $2";

    private static final String ATTEMPTS =
            """
            select a.* from webhook_attempt a join webhook_delivery d on d.id = a.delivery_id
            where d.id = any($1) and a.number > d.attempt - 100 order by a.number""";

    private static final String ADD_TEST =
            """
            insert into webhook_delivery (endpoint_id, event_type, state, due_time)
            select id, $2, 'PENDING', now() from webhook_endpoint where id = $1 and disabled_time is null
            returning\s"""
                    + StoredDelivery.COLUMNS;

    // What is under way is left alone: it is being delivered already.
    private static final String AGAIN =
            """
            update webhook_delivery set
              state = 'PENDING', error_code = null, end_time = null,
              used_attempts = case when under_way then used_attempts else 0 end,
              due_time = case when under_way then due_time else now() end
            """;

    private static final String REDELIVER_ONE = AGAIN + "where endpoint_id = $1 and id = $2";

    private static final String REDELIVER_FAILED =
            AGAIN
                    + """
                    where id in (select id from webhook_delivery
                                 where endpoint_id = $1 and state = 'FAILED' and end_time >= $2 order by sequence limit $3 for update)""";

    private static final String PRUNE =
            "delete from webhook_delivery where end_time < now() - make_interval(secs => $1::int)";

    private final Database database;

    public WebhookDeliveryStore(Database database) {
        this.database = database;
    }

    /**
     * Which deliveries of an endpoint, and where the page begins.
     *
     * @param before only those with a lower sequence number
     */
    public record Filter(
            UUID endpoint,
            @Nullable WebhookDeliveryState state,
            @Nullable WebhookEventType eventType,
            @Nullable Long before,
            int limit) {
        private Tuple tuple() {
            return Tuple.of(
                    endpoint,
                    state == null ? null : state.name(),
                    eventType == null ? null : eventType.id(),
                    before,
                    limit);
        }
    }

    /** Newest first. */
    public Uni<List<StoredDelivery>> list(Filter filter) {
        return database.query(LIST, filter.tuple()).chain(this::withAttempts);
    }

    public Uni<Optional<StoredDelivery>> find(UUID endpoint, UUID id) {
        return database.query(FIND, Tuple.of(endpoint, id))
                .chain(this::withAttempts)
                .map(found -> found.stream().findFirst());
    }

    /** Has a test sent; empty when the endpoint is disabled. */
    public Uni<Optional<StoredDelivery>> addTest(UUID endpoint) {
        return database.query(ADD_TEST, Tuple.of(endpoint, WebhookEventType.WEBHOOK_TEST.id()))
                .map(
                        rows ->
                                rows.size() == 0
                                        ? Optional.empty()
                                        : Optional.of(
                                                StoredDelivery.of(
                                                        rows.iterator().next(), List.of())));
    }

    /** Delivers one again; whether there is such a delivery. */
    public Uni<Boolean> redeliver(UUID endpoint, UUID id) {
        return database.query(REDELIVER_ONE, Tuple.of(endpoint, id))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Delivers those again that failed at that time or later, the oldest first; how many. */
    public Uni<Integer> redeliverFailed(UUID endpoint, Instant since, int limit) {
        return database.query(REDELIVER_FAILED, Tuple.of(endpoint, Sql.offset(since), limit))
                .map(RowSet::rowCount);
    }

    /** Forgets deliveries that ended that long ago; how many. */
    public Uni<Integer> prune(Duration age) {
        return database.query(PRUNE, Tuple.of((int) age.toSeconds())).map(RowSet::rowCount);
    }

    private Uni<List<StoredDelivery>> withAttempts(RowSet<Row> deliveries) {
        List<UUID> ids = new ArrayList<>(deliveries.size());
        deliveries.forEach(row -> ids.add(row.getUUID("id")));
        return database.query(ATTEMPTS, Tuple.of((Object) ids.toArray(UUID[]::new)))
                .map(attempts -> joined(deliveries, attempts));
    }

    private static List<StoredDelivery> joined(RowSet<Row> deliveries, RowSet<Row> attempts) {
        Map<UUID, List<StoredDelivery.Attempt>> byDelivery = new HashMap<>();
        for (Row row : attempts) {
            byDelivery
                    .computeIfAbsent(row.getUUID("delivery_id"), _ -> new ArrayList<>())
                    .add(StoredDelivery.Attempt.of(row));
        }
        List<StoredDelivery> joined = new ArrayList<>(deliveries.size());
        for (Row row : deliveries) {
            joined.add(
                    StoredDelivery.of(row, byDelivery.getOrDefault(row.getUUID("id"), List.of())));
        }
        return joined;
    }
}
