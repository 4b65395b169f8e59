/** Every setting of the processor, typed and checked at start. */
@NullMarked
package io.tidemill.processor.config;

import org.jspecify.annotations.NullMarked;
