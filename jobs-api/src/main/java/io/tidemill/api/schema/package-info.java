/** Checks JSON against the contract and against the operations' parameter schemas. */
@NullMarked
package io.tidemill.api.schema;

import org.jspecify.annotations.NullMarked;
