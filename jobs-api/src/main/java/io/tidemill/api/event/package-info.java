/** Takes in what processors report. */
@NullMarked
package io.tidemill.api.event;

import org.jspecify.annotations.NullMarked;
