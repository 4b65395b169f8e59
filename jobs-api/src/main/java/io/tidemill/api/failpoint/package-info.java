/**
 * Steps at which the fault suite may have the process killed; nothing outside the profile {@code
 * test}.
 */
@NullMarked
package io.tidemill.api.failpoint;

import org.jspecify.annotations.NullMarked;
