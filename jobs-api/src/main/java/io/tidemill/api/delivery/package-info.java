/**
 * The rules by which events are delivered: where to, how signed, how often. Pure: no framework, no
 * clock, no network.
 */
@NullMarked
package io.tidemill.api.delivery;

import org.jspecify.annotations.NullMarked;
