package io.tidemill.storage.type;

import org.jspecify.annotations.Nullable;

/** Knows one family of formats by its first bytes. */
@FunctionalInterface
interface Sniffer {
    /** The media type, or null when the content is not of this family. */
    @Nullable String sniff(Head head);
}
