/**
 * The fault suite: breaks a whole running system from outside and counts what became of the work.
 */
@NullMarked
package io.tidemill.faults;

import org.jspecify.annotations.NullMarked;
