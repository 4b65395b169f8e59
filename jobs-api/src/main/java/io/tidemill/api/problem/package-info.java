/** Errors as RFC 9457 problem+json. */
@NullMarked
package io.tidemill.api.problem;

import org.jspecify.annotations.NullMarked;
