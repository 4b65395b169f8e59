/** What clients notice while jobs run: streams, polls, webhooks. */
@NullMarked
package io.tidemill.bench.live;

import org.jspecify.annotations.NullMarked;
