/** Plays the scheduling policy of production on a virtual clock; nothing sleeps. */
@NullMarked
package io.tidemill.api.policy.simulation;

import org.jspecify.annotations.NullMarked;
