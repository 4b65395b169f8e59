/** Starts, watches and ends the programs of a local Tidemill, each a process of its own. */
@NullMarked
package io.tidemill.local.process;

import org.jspecify.annotations.NullMarked;
