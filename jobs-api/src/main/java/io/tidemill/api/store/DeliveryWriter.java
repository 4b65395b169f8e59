package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;

/** Writes what has to be told to whom, within the transaction in which jobs end. */
@ApplicationScoped
class DeliveryWriter {
    // New rows only, so it waits for nobody, but for those who write the same row; repeated, it
    // changes nothing. What happens while an endpoint is disabled can be delivered later.
    private static final String JOBS_ENDED =
            """
            insert into webhook_delivery (endpoint_id, event_type, job_id, generation, job_state, client_reference, labels,
                                          traceparent, state, error_code, due_time, end_time)
            select e.id, 'job.' || lower(j.state), j.id, j.generation, j.state, j.client_reference, j.labels, j.traceparent,
              case when e.disabled_time is null then 'PENDING' else 'FAILED' end,
              case when e.disabled_time is not null then 'ENDPOINT_DISABLED' end,
              case when e.disabled_time is null then now() end,
              case when e.disabled_time is not null then now() end
            from job j join webhook_endpoint e on e.owner = j.owner and (e.id = j.webhook or not e.named_jobs_only)
            where j.id = any($1) and j.end_time is not null
              and (e.event_types = '{}' or 'job.' || lower(j.state) = any(e.event_types))
            on conflict do nothing""";

    /** These jobs have ended; those that have not are passed over. */
    Uni<Void> jobsEnded(SqlConnection connection, Collection<UUID> jobs) {
        return jobs.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(JOBS_ENDED)
                        .execute(Tuple.of((Object) jobs.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }
}
