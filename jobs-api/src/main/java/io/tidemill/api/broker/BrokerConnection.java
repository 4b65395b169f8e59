package io.tidemill.api.broker;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemill.broker.Broker;
import io.tidemill.broker.BrokerAddress;
import io.tidemill.broker.Link;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The process's one connection to the broker, with every link there is; all of them live on one
 * event loop.
 */
@ApplicationScoped
public class BrokerConnection {
    private final Broker broker;

    /** Where the broker is; the keys are those of the messaging connector. */
    @ApplicationScoped
    static class Settings {
        final String host;
        final int port;
        final Optional<String> username;
        final Optional<String> password;

        Settings(
                @ConfigProperty(name = "amqp-host", defaultValue = "localhost") String host,
                @ConfigProperty(name = "amqp-port", defaultValue = "5672") int port,
                @ConfigProperty(name = "amqp-username") Optional<String> username,
                @ConfigProperty(name = "amqp-password") Optional<String> password) {
            this.host = host;
            this.port = port;
            this.username = username;
            this.password = password;
        }

        BrokerAddress address() {
            return new BrokerAddress(host, port, username, password);
        }
    }

    BrokerConnection(EventLoop loop, Settings settings, @All List<Link> links) {
        this.broker =
                new Broker(
                        loop.context(), settings.address(), "jobs-api-" + UUID.randomUUID(), links);
    }

    void start(@Observes StartupEvent event) {
        broker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        broker.close();
    }

    /** Whether the broker can be reached right now. */
    public boolean connected() {
        return broker.connected();
    }
}
