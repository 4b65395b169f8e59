/** Submitting, reading and deleting jobs. */
@NullMarked
package io.tidemill.api.job;

import org.jspecify.annotations.NullMarked;
