/**
 * libvips, called within an engine host: starting its command-line program for each copy takes two
 * to three times the processor time of the work itself.
 */
@NullMarked
package io.tidemill.processor.engine.vips;

import org.jspecify.annotations.NullMarked;
