/** Runs the sample files through a whole Tidemill, over its public HTTP API only. */
@NullMarked
package io.tidemill.local.demo;

import org.jspecify.annotations.NullMarked;
