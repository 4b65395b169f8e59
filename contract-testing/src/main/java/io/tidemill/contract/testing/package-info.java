/**
 * For tests only: holds what a server answers, and the code it is made of, against {@code
 * openapi.yaml}.
 */
@NullMarked
package io.tidemill.contract.testing;

import org.jspecify.annotations.NullMarked;
