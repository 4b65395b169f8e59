/** The pure part of a submission: steps in order, and the tasks they make. */
@NullMarked
package io.tidemill.api.plan;

import org.jspecify.annotations.NullMarked;
