/** Tests of what the stores keep, without a database. */
@NullMarked
package io.tidemill.api.store;

import org.jspecify.annotations.NullMarked;
