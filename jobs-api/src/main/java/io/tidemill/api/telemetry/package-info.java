/** What all that is measured and traced has in common: words, buckets, the form of a trace. */
@NullMarked
package io.tidemill.api.telemetry;

import org.jspecify.annotations.NullMarked;
