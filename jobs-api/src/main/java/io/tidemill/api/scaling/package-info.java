/** What an autoscaler of processors asks. */
@NullMarked
package io.tidemill.api.scaling;

import org.jspecify.annotations.NullMarked;
