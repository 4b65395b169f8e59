/** Looks now and then at what waits, runs and is broken, to be measured. */
@NullMarked
package io.tidemill.api.sample;

import org.jspecify.annotations.NullMarked;
