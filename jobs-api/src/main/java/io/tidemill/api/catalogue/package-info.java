/** Operations and named pipelines. */
@NullMarked
package io.tidemill.api.catalogue;

import org.jspecify.annotations.NullMarked;
