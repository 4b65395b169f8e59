/** What suites are, and how the command line chooses among them. */
@NullMarked
package io.tidemill.bench.suite;

import org.jspecify.annotations.NullMarked;
