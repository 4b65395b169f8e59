@NullMarked
package io.tidemill.api.change;

import org.jspecify.annotations.NullMarked;
