/** Content in a folder: one machine, or a network filesystem that several share. */
@NullMarked
package io.tidemill.storage.filesystem;

import org.jspecify.annotations.NullMarked;
