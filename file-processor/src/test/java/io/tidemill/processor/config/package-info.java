@NullMarked
package io.tidemill.processor.config;

import org.jspecify.annotations.NullMarked;
