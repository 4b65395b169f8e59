/** What real work on files costs, beside the bare engines. */
@NullMarked
package io.tidemill.bench.files;

import org.jspecify.annotations.NullMarked;
