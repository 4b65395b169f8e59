/** Who goes first, and what may not go yet. Pure; the same code dispatches and is simulated. */
@NullMarked
package io.tidemill.api.policy;

import org.jspecify.annotations.NullMarked;
