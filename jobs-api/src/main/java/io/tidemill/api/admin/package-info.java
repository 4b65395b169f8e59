/** What operators see and do, over all owners. */
@NullMarked
package io.tidemill.api.admin;

import org.jspecify.annotations.NullMarked;
