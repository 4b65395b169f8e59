package io.tidemill.api.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags (RFC 9110, section 8.8.3). Unless the caller knows better, strong ones: a digest of
 * the representation, so that they can never be wrong.
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
        String body = body(value);
        return new Tagged(body, '"' + Digests.sha256(body).substring(0, DIGITS) + '"');
    }

    /** A representation whose tag is made by the caller. */
    public Tagged tag(Object value, String etag) {
        return new Tagged(body(value), etag);
    }

    private String body(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }

    /** Whether {@code If-None-Match} names this tag; the weak comparison that GET asks for. */
    public static boolean matches(@Nullable String ifNoneMatch, String etag) {
        String opaque = opaque(etag);
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .map(EntityTags::opaque)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(opaque));
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }
}
