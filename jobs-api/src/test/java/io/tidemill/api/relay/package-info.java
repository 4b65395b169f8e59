@NullMarked
package io.tidemill.api.relay;

import org.jspecify.annotations.NullMarked;
