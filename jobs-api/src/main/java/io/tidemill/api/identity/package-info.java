/** Who is calling. */
@NullMarked
package io.tidemill.api.identity;

import org.jspecify.annotations.NullMarked;
