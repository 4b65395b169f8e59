@NullMarked
package io.tidemill.faults.check;

import org.jspecify.annotations.NullMarked;
