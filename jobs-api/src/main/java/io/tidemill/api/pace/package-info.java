/**
 * Keeps in memory what estimates need: what operations cost, how many slots there are, how queues
 * stand.
 */
@NullMarked
package io.tidemill.api.pace;

import org.jspecify.annotations.NullMarked;
