/** What is read from the kernel and from PostgreSQL, and what becomes of it: medians and tables. */
@NullMarked
package io.tidemill.bench.measure;

import org.jspecify.annotations.NullMarked;
