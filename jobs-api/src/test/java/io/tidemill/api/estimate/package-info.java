/** Tests of estimates. */
@NullMarked
package io.tidemill.api.estimate;

import org.jspecify.annotations.NullMarked;
