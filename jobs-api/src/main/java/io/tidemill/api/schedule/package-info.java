/** What happens to jobs because a time has come. */
@NullMarked
package io.tidemill.api.schedule;

import org.jspecify.annotations.NullMarked;
