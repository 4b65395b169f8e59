package io.tidemill.broker;

import java.util.Optional;

/**
 * Where the broker is and who we are to it; without a username the connection is anonymous.
 *
 * @param port 1 to 65535
 */
public record BrokerAddress(
        String host, int port, Optional<String> username, Optional<String> password) {
    public BrokerAddress {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("amqp-port must be 1 to 65535, not " + port);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
