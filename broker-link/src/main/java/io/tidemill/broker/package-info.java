/**
 * One AMQP 1.0 connection that outlives every outage, and the links over it. The services set
 * credit and settle by hand, which the messaging connector does not allow.
 */
@NullMarked
package io.tidemill.broker;

import org.jspecify.annotations.NullMarked;
