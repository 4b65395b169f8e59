/** Uploading, reading and deleting files. */
@NullMarked
package io.tidemill.api.file;

import org.jspecify.annotations.NullMarked;
