/** What a task costs and how fast tasks go, beside other systems that do as little. */
@NullMarked
package io.tidemill.bench.throughput;

import org.jspecify.annotations.NullMarked;
