/** Black box: what a client can see, and nothing else. */
@NullMarked
package io.tidemill.e2e;

import org.jspecify.annotations.NullMarked;
