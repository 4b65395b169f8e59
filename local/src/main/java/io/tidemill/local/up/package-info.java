/** Keeps a whole local Tidemill running: starts, watches, restarts and stops its processes. */
@NullMarked
package io.tidemill.local.up;

import org.jspecify.annotations.NullMarked;
