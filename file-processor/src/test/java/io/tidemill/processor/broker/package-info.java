@NullMarked
package io.tidemill.processor.broker;

import org.jspecify.annotations.NullMarked;
