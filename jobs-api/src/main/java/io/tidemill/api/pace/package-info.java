/** Keeps in memory what estimates need: what operations cost, and how many slots there are. */
@NullMarked
package io.tidemill.api.pace;

import org.jspecify.annotations.NullMarked;
