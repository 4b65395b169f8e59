/** Opens the way to the broker for everything that sends or receives. */
@NullMarked
package io.tidemill.api.broker;

import org.jspecify.annotations.NullMarked;
