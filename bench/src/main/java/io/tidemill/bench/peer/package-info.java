/**
 * Programs that let another system do jobs that do nothing. Each runs as a process of its own, with
 * a class path that nothing else has, and takes its orders by lines on standard input.
 */
@NullMarked
package io.tidemill.bench.peer;

import org.jspecify.annotations.NullMarked;
