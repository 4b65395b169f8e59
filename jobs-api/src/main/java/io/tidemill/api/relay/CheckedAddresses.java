package io.tidemill.api.relay;

import io.tidemill.api.delivery.AddressRules;
import io.tidemill.api.delivery.TargetUrl;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/**
 * Looks up where a URL leads to and lets only those through of which every address may be connected
 * to. Whoever connects takes one of these addresses and does not look up the name again.
 */
final class CheckedAddresses {
    private final NameResolver names;
    private final AddressRules rules;

    CheckedAddresses(NameResolver names, AddressRules rules) {
        this.names = names;
        this.rules = rules;
    }

    /** One or more; fails with {@link AddressRefusedException} when one of them is refused. */
    Future<List<InetAddress>> of(TargetUrl url) {
        InetAddress literal = url.literal();
        return (literal == null
                        ? names.resolve(url.host())
                        : Future.succeededFuture(List.of(literal)))
                .compose(this::checked);
    }

    private Future<List<InetAddress>> checked(List<InetAddress> addresses) {
        return !addresses.isEmpty() && addresses.stream().allMatch(rules::allow)
                ? Future.succeededFuture(addresses)
                : Future.failedFuture(new AddressRefusedException());
    }
}
