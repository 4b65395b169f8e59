package io.tidemill.broker;

import io.vertx.proton.ProtonConnection;

/**
 * Something that sends or receives over the {@link Broker}'s connection. Both calls come on the
 * broker's event loop, in turn: opened, lost, opened, lost.
 */
public interface Link {

    /** A connection is open: attach to it. */
    void opened(ProtonConnection connection);

    /** That connection is gone, and with it every credit and every delivery not yet settled. */
    void lost();
}
