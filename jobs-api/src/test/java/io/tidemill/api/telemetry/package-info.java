/** Reads what the services measure about themselves, as a collector would. */
@NullMarked
package io.tidemill.api.telemetry;

import org.jspecify.annotations.NullMarked;
