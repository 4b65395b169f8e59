/**
 * The command {@code bench}. Measures a running system from outside: HTTP, AMQP, SQL and what the
 * kernel says of processes.
 */
@NullMarked
package io.tidemill.bench;

import org.jspecify.annotations.NullMarked;
