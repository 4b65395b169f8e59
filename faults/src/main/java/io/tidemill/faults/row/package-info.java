/** The rows of the suite: one fault each. */
@NullMarked
package io.tidemill.faults.row;

import org.jspecify.annotations.NullMarked;
