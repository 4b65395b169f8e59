/** Webhook endpoints and the log of their deliveries, over HTTP. */
@NullMarked
package io.tidemill.api.webhook;

import org.jspecify.annotations.NullMarked;
