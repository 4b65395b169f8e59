/** How long jobs will still take: what is known, what follows from it. Pure. */
@NullMarked
package io.tidemill.api.estimate;

import org.jspecify.annotations.NullMarked;
