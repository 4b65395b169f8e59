/** Timers that give stranded tasks another chance. */
@NullMarked
package io.tidemill.api.rescue;

import org.jspecify.annotations.NullMarked;
