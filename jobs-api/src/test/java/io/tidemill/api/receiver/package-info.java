/** What stands outside and is told of jobs that end: receivers, and the name servers they use. */
@NullMarked
package io.tidemill.api.receiver;

import org.jspecify.annotations.NullMarked;
