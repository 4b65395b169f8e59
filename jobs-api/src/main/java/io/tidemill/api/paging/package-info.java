/** Opaque cursors for lists. */
@NullMarked
package io.tidemill.api.paging;

import org.jspecify.annotations.NullMarked;
