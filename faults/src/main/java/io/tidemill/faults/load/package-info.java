/** The clients: they submit jobs through every fault and remember what they were told. */
@NullMarked
package io.tidemill.faults.load;

import org.jspecify.annotations.NullMarked;
