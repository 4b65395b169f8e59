package io.tidemill.contract.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/** Picks the entry of a Content Object that describes a media type; the most exact one wins. */
final class MediaRanges {
    private MediaRanges() {}

    static Optional<JsonNode> best(JsonNode content, String mediaType) {
        int slash = mediaType.indexOf('/');
        String range = slash < 0 ? "*/*" : mediaType.substring(0, slash) + "/*";
        return Stream.of(mediaType, range, "*/*")
                .map(content::path)
                .filter(JsonNode::isObject)
                .findFirst();
    }
}
