/**
 * Steps at which the fault suite may have the process killed; nothing outside the profile {@code
 * test}.
 */
@NullMarked
package io.tidemill.processor.failpoint;

import org.jspecify.annotations.NullMarked;
