/** What the resources share: entity tags, idempotency keys, bounds on bodies. */
@NullMarked
package io.tidemill.api.web;

import org.jspecify.annotations.NullMarked;
