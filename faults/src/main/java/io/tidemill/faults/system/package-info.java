/** The system under test, its processes and links, and the means to hurt them. */
@NullMarked
package io.tidemill.faults.system;

import org.jspecify.annotations.NullMarked;
