/** The pure core: what may follow what. Knows no framework, no clock, no database. */
@NullMarked
package io.tidemill.api.lifecycle;

import org.jspecify.annotations.NullMarked;
