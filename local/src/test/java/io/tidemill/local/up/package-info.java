@NullMarked
package io.tidemill.local.up;

import org.jspecify.annotations.NullMarked;
