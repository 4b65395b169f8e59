/**
 * Random interleavings of everything that happens to jobs, against the real SQL, with the
 * invariants looked at after every step.
 */
@NullMarked
package io.tidemill.api.model;

import org.jspecify.annotations.NullMarked;
