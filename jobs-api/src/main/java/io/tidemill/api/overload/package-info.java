/** Refuses what would be too much before anything of it is accepted. */
@NullMarked
package io.tidemill.api.overload;

import org.jspecify.annotations.NullMarked;
