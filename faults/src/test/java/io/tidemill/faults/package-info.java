@NullMarked
package io.tidemill.faults;

import org.jspecify.annotations.NullMarked;
