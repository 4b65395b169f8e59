/** Tests of what is kept in memory for estimates. */
@NullMarked
package io.tidemill.api.pace;

import org.jspecify.annotations.NullMarked;
