/** Apache Artemis with a persistent journal, as a process of its own. */
@NullMarked
package io.tidemill.local.broker;

import org.jspecify.annotations.NullMarked;
