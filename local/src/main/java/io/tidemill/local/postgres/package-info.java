/** PostgreSQL from embedded binaries, as a process of its own. */
@NullMarked
package io.tidemill.local.postgres;

import org.jspecify.annotations.NullMarked;
