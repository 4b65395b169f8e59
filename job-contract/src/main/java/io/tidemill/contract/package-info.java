/**
 * What jobs-api and file-processor say to each other: operation descriptors, messages and
 * addresses. The wire forms are described in {@code asyncapi.yaml} and pinned by golden files in
 * the tests.
 */
@NullMarked
package io.tidemill.contract;

import org.jspecify.annotations.NullMarked;
