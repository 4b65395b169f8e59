/** The only door to PostgreSQL. */
@NullMarked
package io.tidemill.api.store;

import org.jspecify.annotations.NullMarked;
