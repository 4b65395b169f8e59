/** Tests of the launcher, on the real PostgreSQL and the real broker. */
@NullMarked
package io.tidemill.local;

import org.jspecify.annotations.NullMarked;
