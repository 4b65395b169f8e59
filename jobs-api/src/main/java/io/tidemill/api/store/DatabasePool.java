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
 * Makes the connection pool as configured, but for the time it lets others wait: half a minute for
 * a free connection and a minute for a new one would be far too long to answer a request.
 */
@Singleton
public class DatabasePool implements PgPoolCreator {
    private final Duration timeout;

    DatabasePool(ApiConfig config) {
        this.timeout = config.database().timeout();
    }

    @Override
    public Pool create(Input input) {
        int millis = Math.toIntExact(timeout.toMillis());
        input.pgConnectOptionsList().forEach(options -> options.setConnectTimeout(millis));
        input.poolOptions().setConnectionTimeout(millis);
        input.poolOptions().setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
