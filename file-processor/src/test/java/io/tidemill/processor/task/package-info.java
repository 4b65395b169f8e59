@NullMarked
package io.tidemill.processor.task;

import org.jspecify.annotations.NullMarked;
