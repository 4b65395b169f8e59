package io.tidemill.api.store;

import static io.tidemill.api.store.Sql.longs;
import static io.tidemill.api.store.Sql.texts;
import static io.tidemill.api.store.Sql.uuids;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.delivery.Judgement;
import io.tidemill.api.delivery.Slots;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The relay's door: writes what came of attempts and claims the next deliveries, in one
 * transaction. A claim lasts for a lease; whoever dies with it leaves the delivery to others, with
 * the next attempt number.
 */
@ApplicationScoped
public class DeliveryQueue {
    /**
     * Steps from endpoint to endpoint through the index of what is pending, in random order then,
     * and takes from each as much as there is room for. Locks only what it takes, waits for nobody:
     * two relays at once get different deliveries.
     */
    static final String CLAIM =
            """
            with recursive pending (endpoint_id) as (
              (select endpoint_id from webhook_delivery where state = 'PENDING' order by endpoint_id limit 1)
              union all
              select (select d.endpoint_id from webhook_delivery d
                      where d.state = 'PENDING' and d.endpoint_id > p.endpoint_id order by d.endpoint_id limit 1)
              from pending p where p.endpoint_id is not null
            ), due as materialized (
              select d.id from (
                select p.endpoint_id, coalesce(r.room, $1::int) as room
                from pending p left join unnest($2::uuid[], $3::int[]) as r(endpoint_id, room) on r.endpoint_id = p.endpoint_id
                where p.endpoint_id is not null and coalesce(r.room, $1::int) > 0
                order by random()
              ) e cross join lateral (
                select id from webhook_delivery
                where endpoint_id = e.endpoint_id and state = 'PENDING' and due_time <= now()
                order by due_time limit e.room for update skip locked
              ) d limit $4
            )
            update webhook_delivery d set attempt = d.attempt + 1, used_attempts = d.used_attempts + 1, under_way = true,
              due_time = now() + make_interval(secs => $5::float8)
            from due join webhook_delivery w on w.id = due.id join webhook_endpoint e on e.id = w.endpoint_id
            where d.id = due.id
            returning d.*, e.url, e.recipients, e.secret, e.disabled_time is null as enabled,
              case when e.previous_secret_expire_time > now() then e.previous_secret end as previous_secret""";

    // Only what is still claimed under that number: another relay may have taken it over.
    private static final String RECORD =
            """
            with o as (
              select * from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::bigint[], $5::int[], $6::text[], $7::text[], $8::text[], $9::bigint[])
                as o(id, number, start_time, duration_millis, status, error_code, state, reason, wait_millis)
            ), ended as (
              update webhook_delivery d set state = o.state, error_code = o.reason, under_way = false,
                due_time = now() + make_interval(secs => o.wait_millis / 1000.0),
                end_time = case when o.state <> 'PENDING' then now() end
              from o where d.id = o.id and d.attempt = o.number and d.under_way
              returning d.id
            )
            insert into webhook_attempt (delivery_id, number, start_time, duration_millis, status, error_code)
            select o.id, o.number, o.start_time, o.duration_millis, o.status, o.error_code
            from o join ended using (id) where o.start_time is not null""";

    private static final String BACKLOG =
            """
            select count(*) as due, coalesce(extract(epoch from now() - min(due_time)), 0)::float8 as age
            from (select due_time from webhook_delivery where state = 'PENDING' and due_time <= now() limit 100000) d""";

    private static final double MILLIS = 1_000;

    private final Database database;
    private final Disabling disabling;

    public DeliveryQueue(Database database, Disabling disabling) {
        this.database = database;
        this.disabling = disabling;
    }

    /** An endpoint that was disabled by what came of its deliveries. */
    public record Disabled(UUID endpoint, Judgement.Consequence why) {}

    /** What a round came to. */
    public record Round(List<ClaimedDelivery> claimed, List<Disabled> disabled) {}

    /** Deliveries that are due and not under way, and for how many seconds the oldest has been. */
    public record DeliveryBacklog(long due, double seconds) {}

    /** Writes the outcomes, and claims as much as there is room for. */
    public Uni<Round> round(List<DeliveryOutcome> outcomes, Slots slots, Duration lease) {
        Tuple wanted = wanted(slots, lease);
        return database.inTransaction(
                connection ->
                        record(connection, outcomes)
                                .chain(
                                        disabled ->
                                                connection
                                                        .preparedQuery(CLAIM)
                                                        .execute(wanted)
                                                        .map(rows -> round(rows, disabled))));
    }

    public Uni<DeliveryBacklog> backlog() {
        return database.query(BACKLOG)
                .map(
                        rows -> {
                            Row row = rows.iterator().next();
                            return new DeliveryBacklog(row.getLong("due"), row.getDouble("age"));
                        });
    }

    private static Tuple wanted(Slots slots, Duration lease) {
        List<Slots.Room> rooms = slots.rooms();
        return Tuple.tuple()
                .addInteger(slots.each())
                .addArrayOfUUID(uuids(rooms, Slots.Room::endpoint))
                .addArrayOfInteger(Sql.ints(rooms, Slots.Room::room))
                .addInteger(slots.free())
                .addDouble(lease.toMillis() / MILLIS);
    }

    private static Round round(RowSet<Row> rows, List<Disabled> disabled) {
        List<ClaimedDelivery> claimed = new ArrayList<>(rows.size());
        rows.forEach(row -> claimed.add(ClaimedDelivery.of(row)));
        return new Round(claimed, disabled);
    }

    private Uni<List<Disabled>> record(SqlConnection connection, List<DeliveryOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return connection
                .preparedQuery(RECORD)
                .execute(rows(outcomes))
                .chain(() -> disable(connection, outcomes));
    }

    private Uni<List<Disabled>> disable(SqlConnection connection, List<DeliveryOutcome> outcomes) {
        return Multi.createFrom()
                .iterable(outcomes)
                .filter(outcome -> consequence(outcome) != Judgement.Consequence.NONE)
                .onItem()
                .transformToUniAndConcatenate(outcome -> disable(connection, outcome))
                .collect()
                .asList()
                .map(all -> all.stream().flatMap(Optional::stream).toList());
    }

    private Uni<Optional<Disabled>> disable(SqlConnection connection, DeliveryOutcome outcome) {
        Judgement.Consequence why = consequence(outcome);
        return disabling
                .disable(connection, outcome, why)
                .map(
                        done ->
                                done
                                        ? Optional.of(new Disabled(outcome.endpointId(), why))
                                        : Optional.empty());
    }

    private static Judgement.Consequence consequence(DeliveryOutcome outcome) {
        return outcome.judgement() instanceof Judgement.Failed(String _, var consequence)
                ? consequence
                : Judgement.Consequence.NONE;
    }

    private static Tuple rows(List<DeliveryOutcome> outcomes) {
        return Tuple.tuple()
                .addArrayOfUUID(uuids(outcomes, DeliveryOutcome::deliveryId))
                .addArrayOfInteger(Sql.ints(outcomes, DeliveryOutcome::number))
                .addArrayOfOffsetDateTime(
                        outcomes.stream()
                                .map(DeliveryOutcome::attempt)
                                .map(made -> made == null ? null : Sql.offset(made.startTime()))
                                .toArray(OffsetDateTime[]::new))
                .addArrayOfLong(
                        longs(
                                outcomes,
                                o -> o.attempt() == null ? null : o.attempt().durationMillis()))
                .addArrayOfInteger(
                        Sql.ints(outcomes, o -> o.attempt() == null ? null : o.attempt().status()))
                .addArrayOfString(
                        texts(outcomes, o -> o.attempt() == null ? null : o.attempt().errorCode()))
                .addArrayOfString(texts(outcomes, o -> state(o.judgement())))
                .addArrayOfString(texts(outcomes, o -> reason(o.judgement())))
                .addArrayOfLong(longs(outcomes, o -> waitMillis(o.judgement())));
    }

    private static String state(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Delivered() -> "DELIVERED";
            case Judgement.Again _ -> "PENDING";
            case Judgement.Failed _ -> "FAILED";
        };
    }

    private static @Nullable String reason(Judgement judgement) {
        return judgement instanceof Judgement.Failed(String errorCode, var _) ? errorCode : null;
    }

    private static @Nullable Long waitMillis(Judgement judgement) {
        return judgement instanceof Judgement.Again(Duration wait, String _)
                ? wait.toMillis()
                : null;
    }
}
