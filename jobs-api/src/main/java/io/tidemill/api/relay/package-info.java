/** Takes what is to be told to the receivers of webhooks there. */
@NullMarked
package io.tidemill.api.relay;

import org.jspecify.annotations.NullMarked;
