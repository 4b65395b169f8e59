/** Programs that are started to be compared with, and how they are found and given orders. */
@NullMarked
package io.tidemill.bench.program;

import org.jspecify.annotations.NullMarked;
