/** Where attempts work: a folder each on local disk, filled from storage and emptied into it. */
@NullMarked
package io.tidemill.processor.workspace;

import org.jspecify.annotations.NullMarked;
