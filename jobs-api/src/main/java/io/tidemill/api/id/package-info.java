/** Public ids: a type prefix and a UUIDv7. */
@NullMarked
package io.tidemill.api.id;

import org.jspecify.annotations.NullMarked;
