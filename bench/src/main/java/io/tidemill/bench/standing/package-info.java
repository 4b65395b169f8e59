/** The system as several suites start it, and how they talk to it. */
@NullMarked
package io.tidemill.bench.standing;

import org.jspecify.annotations.NullMarked;
