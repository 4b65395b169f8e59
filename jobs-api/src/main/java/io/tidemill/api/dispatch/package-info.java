/** Hands due tasks to the broker; the only door to RunTasks and Stop. */
@NullMarked
package io.tidemill.api.dispatch;

import org.jspecify.annotations.NullMarked;
