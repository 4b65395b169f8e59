package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.delivery.EndpointSecret;
import io.tidemill.api.dto.WebhookEndpointKind;
import io.tidemill.api.dto.WebhookEventType;
import io.tidemill.api.problem.Problems;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps the webhook endpoints of every owner. */
@ApplicationScoped
public class WebhookEndpointStore {
    private static final String RETURNING = " returning " + StoredEndpoint.COLUMNS;

    // Those who create at the same time for one owner count one after the other.
    private static final String LOCK_OWNER =
            "select pg_advisory_xact_lock(hashtextextended($1::text, 8))";
    private static final String COUNT =
            "select count(*)::int as endpoints from webhook_endpoint where owner = $1";

    private static final String INSERT =
            """
            insert into webhook_endpoint (id, owner, url, description, event_types, named_jobs_only, secret, kind, recipients)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"""
                    + RETURNING;

    private static final String LIST =
            "select "
                    + StoredEndpoint.COLUMNS
                    + "from webhook_endpoint where owner = $1 and ($2::uuid is null or id < $2) order by id desc limit $3";

    private static final String OWNED = " where id = $1 and owner = $2";
    private static final String FIND =
            "select " + StoredEndpoint.COLUMNS + "from webhook_endpoint" + OWNED;
    private static final String DELETE = "delete from webhook_endpoint" + OWNED;

    private static final String ENABLE =
            "update webhook_endpoint set disabled_time = null, disabled_reason = null"
                    + OWNED
                    + RETURNING;

    private static final String ROTATE =
            """
            update webhook_endpoint set previous_secret = secret, secret = $3,
              previous_secret_expire_time = now() + make_interval(secs => $4::int)"""
                    + OWNED
                    + RETURNING;

    private final Database database;
    private final IdempotencyStore idempotency;
    private final Disabling disabling;

    public WebhookEndpointStore(
            Database database, IdempotencyStore idempotency, Disabling disabling) {
        this.database = database;
        this.idempotency = idempotency;
        this.disabling = disabling;
    }

    /** An endpoint to be created, checked in itself. */
    public record NewEndpoint(
            UUID id,
            String owner,
            WebhookEndpointKind kind,
            @Nullable String url,
            List<String> recipients,
            @Nullable String description,
            List<WebhookEventType> eventTypes,
            boolean namedJobsOnly,
            EndpointSecret secret) {
        private Tuple tuple() {
            return Tuple.tuple()
                    .addUUID(id)
                    .addString(owner)
                    .addString(url)
                    .addString(description)
                    .addArrayOfString(
                            eventTypes.stream().map(WebhookEventType::id).toArray(String[]::new))
                    .addBoolean(namedJobsOnly)
                    .addString(secret.text())
                    .addString(kind.name())
                    .addArrayOfString(recipients.toArray(String[]::new));
        }
    }

    /**
     * Writes an endpoint, or finds the answer given before.
     *
     * @param most endpoints an owner may have
     * @param render makes the answer from what was written
     * @throws io.tidemill.api.problem.ProblemException 409 when the owner has as many as may be
     */
    public Uni<Answer> create(
            NewEndpoint endpoint,
            @Nullable IdempotencyClaim claim,
            int most,
            Function<StoredEndpoint, Answer> render) {
        return database.inTransaction(
                connection ->
                        idempotency.once(
                                connection,
                                claim,
                                () -> write(connection, endpoint, most).map(render)));
    }

    private static Uni<StoredEndpoint> write(
            SqlConnection connection, NewEndpoint endpoint, int most) {
        Tuple owner = Tuple.of(endpoint.owner());
        return connection
                .preparedQuery(LOCK_OWNER)
                .execute(owner)
                .chain(() -> connection.preparedQuery(COUNT).execute(owner))
                .invoke(
                        rows -> {
                            if (rows.iterator().next().getInteger("endpoints") >= most) {
                                throw Problems.tooManyEndpoints(most);
                            }
                        })
                .chain(() -> connection.preparedQuery(INSERT).execute(endpoint.tuple()))
                .map(rows -> StoredEndpoint.of(rows.iterator().next()));
    }

    /** Newest first, those before {@code before}, at most {@code limit}. */
    public Uni<List<StoredEndpoint>> list(String owner, @Nullable UUID before, int limit) {
        return database.query(LIST, Tuple.of(owner, before, limit))
                .map(
                        rows -> {
                            List<StoredEndpoint> endpoints = new ArrayList<>(rows.size());
                            rows.forEach(row -> endpoints.add(StoredEndpoint.of(row)));
                            return endpoints;
                        });
    }

    public Uni<Optional<StoredEndpoint>> find(String owner, UUID id) {
        return one(FIND, Tuple.of(id, owner));
    }

    /** Whether there was such an endpoint; its deliveries go with it. */
    public Uni<Boolean> delete(String owner, UUID id) {
        return database.query(DELETE, Tuple.of(id, owner)).map(rows -> rows.rowCount() > 0);
    }

    /** Sends to it again. */
    public Uni<Optional<StoredEndpoint>> enable(String owner, UUID id) {
        return one(ENABLE, Tuple.of(id, owner));
    }

    /** Sends nothing to it, for its owner's sake; what waits has failed. */
    public Uni<Optional<StoredEndpoint>> disable(String owner, UUID id) {
        return find(owner, id)
                .chain(
                        found ->
                                found.isEmpty()
                                        ? Uni.createFrom().item(found)
                                        : database.inTransaction(
                                                        connection ->
                                                                disabling.disable(connection, id))
                                                .chain(() -> find(owner, id)));
    }

    /** Gives it another secret; the one before counts for that much longer. */
    public Uni<Optional<StoredEndpoint>> rotate(
            String owner, UUID id, EndpointSecret secret, Duration overlap) {
        return one(ROTATE, Tuple.of(id, owner, secret.text(), (int) overlap.toSeconds()));
    }

    private Uni<Optional<StoredEndpoint>> one(String sql, Tuple parameters) {
        return database.query(sql, parameters).map(WebhookEndpointStore::first);
    }

    private static Optional<StoredEndpoint> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(StoredEndpoint.of(rows.iterator().next()));
    }
}
