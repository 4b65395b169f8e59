/**
 * Reads the headers of images, nothing more: how large they are and which way up, before any engine
 * is let near them. Bounded, plain Java, safe for hostile bytes.
 */
@NullMarked
package io.tidemill.processor.image;

import org.jspecify.annotations.NullMarked;
