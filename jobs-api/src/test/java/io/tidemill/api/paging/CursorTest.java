package io.tidemill.api.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final String CURSOR = new Cursor("acme", "files", List.of("1", "b")).encode();

    @Test
    void itsKeysComeBack() {
        assertEquals(Optional.of(List.of("1", "b")), Cursor.decode(CURSOR, "acme", "files", 2));
        assertEquals(Optional.empty(), Cursor.decode(null, "acme", "files", 2));
    }

    @Test
    void itTravelsInAUrlAsItIs() {
        assertTrue(CURSOR.matches("[A-Za-z0-9_.=-]+"), CURSOR);
    }

    @Test
    void itIsGoodForOneOwnerAndOneListOnly() {
        assertMalformed(() -> Cursor.decode(CURSOR, "umbrella", "files", 2));
        assertMalformed(() -> Cursor.decode(CURSOR, "acme", "jobs", 2));
        assertMalformed(() -> Cursor.decode(CURSOR, "acme", "files", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "%%%", "====", "eyJhIjoxfQ", "ü", "MTIKMQ", "a b"})
    void garbageIsMalformed(String cursor) {
        assertMalformed(() -> Cursor.decode(cursor, "acme", "files", 2));
    }

    @Test
    void keysOfTheWrongKindAreMalformed() {
        assertMalformed(() -> Cursor.uuid("not-a-uuid"));
        for (String key : List.of("1x", "99999999999", "-1", "8", "")) {
            assertMalformed(() -> Cursor.number(key, 7));
        }
        UUID id = UUID.randomUUID();
        assertEquals(id, Cursor.uuid(id.toString()));
        assertEquals(0, Cursor.number("0", 7));
        assertEquals(7, Cursor.number("7", 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "501", "abc", "", " 5", "1.0", "1e2", "99999999999"})
    void aPageSizeOutsideTheLimitsIsMalformed(String limit) {
        assertMalformed(() -> PageSize.of(limit));
    }

    @Test
    void aPageSizeWithinTheLimitsIsTaken() {
        assertEquals(50, PageSize.of(null));
        assertEquals(1, PageSize.of("1"));
        assertEquals(500, PageSize.of("500"));
    }

    private static void assertMalformed(Executable read) {
        assertEquals(400, assertThrows(ProblemException.class, read).status());
    }
}
