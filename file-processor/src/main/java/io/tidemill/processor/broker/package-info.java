/**
 * What the processor says and hears over the broker: the outbox through which every event leaves,
 * and the JSON of the messages.
 */
@NullMarked
package io.tidemill.processor.broker;

import org.jspecify.annotations.NullMarked;
