@NullMarked
package io.tidemill.api.delivery;

import org.jspecify.annotations.NullMarked;
