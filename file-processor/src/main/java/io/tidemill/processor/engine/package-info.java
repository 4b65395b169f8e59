/**
 * Runs the engines that ship with Tidemill. They are Java libraries that decode what nobody has
 * vouched for, so they work in engine hosts: children of the processor, our own program started
 * again, with one file at a time and nothing to lose.
 */
@NullMarked
package io.tidemill.processor.engine;

import org.jspecify.annotations.NullMarked;
