/** Lets those who wait for a job know that it changed, here or on another replica. */
@NullMarked
package io.tidemill.api.change;

import org.jspecify.annotations.NullMarked;
