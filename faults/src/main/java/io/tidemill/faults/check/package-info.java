/** Compares what clients were told with what became of it. */
@NullMarked
package io.tidemill.faults.check;

import org.jspecify.annotations.NullMarked;
