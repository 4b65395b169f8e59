/** The service as a whole: HTTP in front, real PostgreSQL and a real broker behind. */
@NullMarked
package io.tidemill.api.scenario;

import org.jspecify.annotations.NullMarked;
