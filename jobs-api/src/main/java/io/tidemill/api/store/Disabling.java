package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.delivery.Judgement;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Disables endpoints within a transaction: what waits to be delivered has failed. Repeating it
 * changes nothing. What is under way comes to its own end, and what another transaction writes
 * meanwhile is found by the relay, which looks whether the endpoint is enabled.
 */
@ApplicationScoped
class Disabling {
    private static final String DISABLE =
            "update webhook_endpoint set disabled_time = now(), disabled_reason = $2 where id = $1 and disabled_time is null";

    // Others may have arrived while this one was tried: then it is the event, not the endpoint.
    private static final String NOTHING_ARRIVED =
            """
            and not exists (select 1 from webhook_delivery d where d.endpoint_id = $1 and d.state = 'DELIVERED' and d.end_time >=
               (select min(a.start_time) from webhook_attempt a join webhook_delivery f on f.id = a.delivery_id
                where f.id = $3 and a.number > f.attempt - f.used_attempts))""";

    private static final String END_PENDING =
            """
            update webhook_delivery set state = 'FAILED', error_code = 'ENDPOINT_DISABLED', due_time = null, end_time = now()
            where endpoint_id = $1 and state = 'PENDING' and not under_way""";

    // Not those that hear of single jobs only.
    private static final String TELL_OTHERS =
            """
            insert into webhook_delivery (endpoint_id, event_type, disabled_endpoint, disabled_reason, state, due_time)
            select e.id, 'webhook.disabled', d.id, d.disabled_reason, 'PENDING', now()
            from webhook_endpoint d join webhook_endpoint e on e.owner = d.owner and e.id <> d.id
            where d.id = $1 and e.disabled_time is null and not e.named_jobs_only
              and (e.event_types = '{}' or 'webhook.disabled' = any(e.event_types))""";

    /** On its owner's request. */
    Uni<Boolean> disable(SqlConnection connection, UUID endpoint) {
        return disable(connection, endpoint, DISABLE, Tuple.of(endpoint, "REQUESTED"));
    }

    /**
     * Because of what came of a delivery; whether it was enabled until now. Its owner, who did not
     * ask for it, is told at other endpoints.
     */
    Uni<Boolean> disable(
            SqlConnection connection, DeliveryOutcome outcome, Judgement.Consequence why) {
        UUID endpoint = outcome.endpointId();
        Uni<Boolean> disabled = disabled(connection, outcome, why);
        return disabled.call(done -> done ? tellOthers(connection, endpoint) : nothing());
    }

    private static Uni<Boolean> disabled(
            SqlConnection connection, DeliveryOutcome outcome, Judgement.Consequence why) {
        UUID endpoint = outcome.endpointId();
        return why == Judgement.Consequence.EXHAUSTED
                ? disable(
                        connection,
                        endpoint,
                        DISABLE + ' ' + NOTHING_ARRIVED,
                        Tuple.of(endpoint, why.name(), outcome.deliveryId()))
                : disable(connection, endpoint, DISABLE, Tuple.of(endpoint, why.name()));
    }

    private static Uni<Boolean> disable(
            SqlConnection connection, UUID endpoint, String sql, Tuple parameters) {
        return connection
                .preparedQuery(sql)
                .execute(parameters)
                .map(rows -> rows.rowCount() > 0)
                .call(
                        done ->
                                done
                                        ? connection
                                                .preparedQuery(END_PENDING)
                                                .execute(Tuple.of(endpoint))
                                        : nothing());
    }

    private static Uni<?> tellOthers(SqlConnection connection, UUID endpoint) {
        return connection.preparedQuery(TELL_OTHERS).execute(Tuple.of(endpoint));
    }

    private static Uni<?> nothing() {
        return Uni.createFrom().voidItem();
    }
}
