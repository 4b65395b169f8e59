package io.tidemill.storage.type;

import org.jspecify.annotations.Nullable;

/** Matroska and WebM: an EBML header whose DocType says which (RFC 8794, RFC 9559). */
final class Matroska implements Sniffer {
    private static final String EBML = "\u001aE\u00df\u00a3";
    private static final String DOC_TYPE = "B\u0082";
    private static final int HEADER_BYTES = 4096;

    @Override
    public @Nullable String sniff(Head head) {
        if (!head.at(0, EBML)) {
            return null;
        }
        int docType = head.latin1(0, HEADER_BYTES).indexOf(DOC_TYPE);
        boolean webm = docType > 0 && head.at(docType + 3, "webm");
        return webm ? "video/webm" : "video/x-matroska";
    }
}
