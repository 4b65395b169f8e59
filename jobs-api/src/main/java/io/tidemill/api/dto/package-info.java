/** The JSON forms of the HTTP contract, one record for each schema of openapi.yaml. */
@NullMarked
package io.tidemill.api.dto;

import org.jspecify.annotations.NullMarked;
