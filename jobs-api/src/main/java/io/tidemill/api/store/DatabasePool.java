package io.tidemill.api.store;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.tidemill.api.config.ApiConfig;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the connection pool as configured, but for two defaults of the client: half a minute for a
 * free connection and a minute for a new one would be far too long to answer a request; and
 * statements of more than 2 048 characters, the hottest of ours among them, would be parsed and
 * planned anew each time.
 */
@Singleton
public class DatabasePool implements PgPoolCreator {
    /** Characters; longer statements are not kept prepared. */
    static final int LONGEST_SQL = 16_384;

    private final Duration timeout;

    DatabasePool(ApiConfig config) {
        this.timeout = config.database().timeout();
    }

    @Override
    public Pool create(Input input) {
        int millis = Math.toIntExact(timeout.toMillis());
        input.pgConnectOptionsList()
                .forEach(
                        options ->
                                options.setConnectTimeout(millis)
                                        .setPreparedStatementCacheSqlLimit(LONGEST_SQL));
        input.poolOptions().setConnectionTimeout(millis);
        input.poolOptions().setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
