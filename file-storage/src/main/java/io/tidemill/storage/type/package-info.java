/** What kind of content some bytes are, judged by the bytes. */
@NullMarked
package io.tidemill.storage.type;

import org.jspecify.annotations.NullMarked;
