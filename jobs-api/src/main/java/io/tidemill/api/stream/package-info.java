/** Streams of what happens to jobs, over Server-Sent Events and WebSocket. */
@NullMarked
package io.tidemill.api.stream;

import org.jspecify.annotations.NullMarked;
