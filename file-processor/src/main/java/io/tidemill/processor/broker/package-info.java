/**
 * The way to the broker: one AMQP 1.0 connection for everything, opened again for as long as the
 * process lives, and the outbox through which every event leaves.
 */
@NullMarked
package io.tidemill.processor.broker;

import org.jspecify.annotations.NullMarked;
