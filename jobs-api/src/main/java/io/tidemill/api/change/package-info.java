/** Lets those who wait for a job know that it changed. */
@NullMarked
package io.tidemill.api.change;

import org.jspecify.annotations.NullMarked;
