/** Tests of what is removed when. */
@NullMarked
package io.tidemill.api.prune;

import org.jspecify.annotations.NullMarked;
