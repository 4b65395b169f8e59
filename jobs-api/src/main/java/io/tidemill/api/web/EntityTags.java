package io.tidemill.api.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Strong entity tags (RFC 9110, section 8.8.3): a digest of the representation, so that they can
 * never be wrong.
 */
@ApplicationScoped
public class EntityTags {
    private static final int DIGITS = 32;
    private final ObjectMapper json;

    EntityTags(ObjectMapper json) {
        this.json = json;
    }

    /** A representation and its tag, quotes included. */
    public record Tagged(String body, String etag) {}

    public Tagged tag(Object value) {
        try {
            String body = json.writeValueAsString(value);
            return new Tagged(body, '"' + Digests.sha256(body).substring(0, DIGITS) + '"');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }

    /** Whether {@code If-None-Match} names this tag; the weak comparison that GET asks for. */
    public static boolean matches(@Nullable String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }
}
