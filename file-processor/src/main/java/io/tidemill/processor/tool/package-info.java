/**
 * The only place that starts a process. Engines read bytes nobody has vouched for, so every child
 * gets an argument list and never a shell, a clean environment, its own process group and hard
 * limits, and is killed together with all it has started.
 */
@NullMarked
package io.tidemill.processor.tool;

import org.jspecify.annotations.NullMarked;
