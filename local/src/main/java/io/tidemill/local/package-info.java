/** A whole Tidemill on one machine: for people who try it, and for every integration test. */
@NullMarked
package io.tidemill.local;

import org.jspecify.annotations.NullMarked;
