/** Mends what should never be wrong. */
@NullMarked
package io.tidemill.api.reconcile;

import org.jspecify.annotations.NullMarked;
