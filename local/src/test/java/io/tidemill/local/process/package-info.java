@NullMarked
package io.tidemill.local.process;

import org.jspecify.annotations.NullMarked;
