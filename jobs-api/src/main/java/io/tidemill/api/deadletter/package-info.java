/** Takes in what was given up, so that nothing ends at the broker unseen. */
@NullMarked
package io.tidemill.api.deadletter;

import org.jspecify.annotations.NullMarked;
