@NullMarked
package io.tidemill.processor.workspace;

import org.jspecify.annotations.NullMarked;
