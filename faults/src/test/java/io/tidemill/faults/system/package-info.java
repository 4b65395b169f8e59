@NullMarked
package io.tidemill.faults.system;

import org.jspecify.annotations.NullMarked;
