/** The folder in which a local Tidemill keeps everything it must not lose. */
@NullMarked
package io.tidemill.local.folder;

import org.jspecify.annotations.NullMarked;
