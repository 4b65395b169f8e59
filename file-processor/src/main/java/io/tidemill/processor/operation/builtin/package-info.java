/** The operations that come with Tidemill, one file each; none knows another. */
@NullMarked
package io.tidemill.processor.operation.builtin;

import org.jspecify.annotations.NullMarked;
