/** What an operator can set. */
@NullMarked
package io.tidemill.api.config;

import org.jspecify.annotations.NullMarked;
