package io.tidemill.api.relay;

import io.tidemill.api.delivery.AttemptResult;
import io.tidemill.api.store.ClaimedDelivery;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes one attempt at a delivery, in the way its endpoint wants it. */
@ApplicationScoped
class Courier {
    private final HttpCourier http;
    private final MailCourier mail;

    Courier(HttpCourier http, MailCourier mail) {
        this.http = http;
        this.mail = mail;
    }

    /** Completes in time, and never fails. To be called on an event loop. */
    Future<AttemptResult> deliver(ClaimedDelivery delivery) {
        String url = delivery.url();
        return url == null ? mail.deliver(delivery) : http.deliver(delivery, url);
    }
}
