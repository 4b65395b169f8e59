@NullMarked
package io.tidemill.broker;

import org.jspecify.annotations.NullMarked;
