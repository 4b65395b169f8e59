/** The file-processor: takes bundles of tasks over AMQP, runs them, stores what they make. */
@NullMarked
package io.tidemill.processor;

import org.jspecify.annotations.NullMarked;
