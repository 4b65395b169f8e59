/** Small classes to try the comparison on. */
@NullMarked
package io.tidemill.contract.testing.sample;

import org.jspecify.annotations.NullMarked;
