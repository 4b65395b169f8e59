@NullMarked
package io.tidemill.api.webhook;

import org.jspecify.annotations.NullMarked;
