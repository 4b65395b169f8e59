/** Timers that remove what nobody needs any more. */
@NullMarked
package io.tidemill.api.prune;

import org.jspecify.annotations.NullMarked;
