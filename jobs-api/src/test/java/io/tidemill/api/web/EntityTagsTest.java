package io.tidemill.api.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 8.8.3. */
class EntityTagsTest {
    private final EntityTags tags = new EntityTags(new ObjectMapper());

    @Test
    void theSameRepresentationHasTheSameTagAndAnotherAnother() {
        EntityTags.Tagged one = tags.tag(List.of("a"));
        assertEquals("[\"a\"]", one.body());
        assertTrue(one.etag().matches("\"[0-9a-f]{32}\""), one.etag());
        assertEquals(one, tags.tag(List.of("a")));
        assertNotEquals(one.etag(), tags.tag(List.of("b")).etag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "W/\"x\"", "*", "\"a\", \"x\"", "\"a\",W/\"x\" , \"b\""})
    void aFieldThatNamesTheTagMatches(String field) {
        assertTrue(EntityTags.matches(field, "\"x\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\"X\"", "\"xx\"", "w/\"x\"", "\"a\"", "\"x", "**"})
    void anyOtherDoesNot(String field) {
        assertFalse(EntityTags.matches(field, "\"x\""));
    }

    @Test
    void noFieldDoesNotMatch() {
        assertFalse(EntityTags.matches(null, "\"x\""));
    }
}
