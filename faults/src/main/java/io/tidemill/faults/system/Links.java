package io.tidemill.faults.system;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the services reach broker and database: directly, or through fault proxies. */
public final class Links implements AutoCloseable {
    private static final String BROKER_PORT = "AMQP_PORT";
    private static final String DATABASE_PORT = "TIDEMILL_DATABASE_PORT";

    private final Map<String, String> environment;
    private final @Nullable FaultProxy broker;
    private final @Nullable FaultProxy database;

    private Links(
            Map<String, String> environment,
            @Nullable FaultProxy broker,
            @Nullable FaultProxy database) {
        this.environment = Map.copyOf(environment);
        this.broker = broker;
        this.database = database;
    }

    static Links to(Map<String, String> direct, boolean throughProxies) {
        if (!throughProxies) {
            return new Links(direct, null, null);
        }
        FaultProxy broker = proxy(direct, BROKER_PORT);
        FaultProxy database = proxy(direct, DATABASE_PORT);
        Map<String, String> environment = new HashMap<>(direct);
        environment.put(BROKER_PORT, String.valueOf(broker.port()));
        environment.put(DATABASE_PORT, String.valueOf(database.port()));
        return new Links(environment, broker, database);
    }

    private static FaultProxy proxy(Map<String, String> direct, String key) {
        return FaultProxy.to(Integer.parseInt(direct.getOrDefault(key, "")));
    }

    /** What the services are told. */
    Map<String, String> environment() {
        return environment;
    }

    public FaultProxy broker() {
        return required(broker);
    }

    public FaultProxy database() {
        return required(database);
    }

    private static FaultProxy required(@Nullable FaultProxy proxy) {
        return Optional.ofNullable(proxy)
                .orElseThrow(() -> new IllegalStateException("this row needs Setup.LINKED"));
    }

    void heal() {
        proxies().forEach(FaultProxy::heal);
    }

    private List<FaultProxy> proxies() {
        return Stream.of(Optional.ofNullable(broker), Optional.ofNullable(database))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        proxies().forEach(FaultProxy::close);
    }
}
