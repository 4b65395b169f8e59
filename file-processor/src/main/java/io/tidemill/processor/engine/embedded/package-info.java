/**
 * The engines that ship with Tidemill. Everything here runs inside an engine host and nowhere else.
 */
@NullMarked
package io.tidemill.processor.engine.embedded;

import org.jspecify.annotations.NullMarked;
