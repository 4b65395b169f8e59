package io.tidemill.api.delivery;

import java.util.Set;

/**
 * What the URL of an endpoint may look like.
 *
 * @param local whether plain http, any port, names without a dot and this machine are allowed
 * @param ports those allowed otherwise
 */
public record UrlRules(boolean local, Set<Integer> ports) {
    public UrlRules {
        ports = Set.copyOf(ports);
    }

    public AddressRules addresses() {
        return new AddressRules(local);
    }
}
