/**
 * The engines of the full tier: programs from Debian packages, run as fenced-in children, and the
 * virus scanner, spoken to over its socket. Each is found once, with its version, or is absent.
 */
@NullMarked
package io.tidemill.processor.engine.installed;

import org.jspecify.annotations.NullMarked;
