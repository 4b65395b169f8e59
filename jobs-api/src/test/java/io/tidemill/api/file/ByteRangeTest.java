package io.tidemill.api.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.api.problem.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 14, on a file of 10 000 bytes, as in its examples. */
class ByteRangeTest {
    private static final long SIZE = 10_000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-499, 0, 499",
        "bytes=500-999, 500, 999",
        "bytes=-500, 9500, 9999",
        "bytes=9500-, 9500, 9999",
        "bytes=0-0, 0, 0",
        "bytes=-1, 9999, 9999",
        "bytes=0-, 0, 9999",
        "bytes=9999-9999, 9999, 9999",
        "bytes=0-99999, 0, 9999",
        "bytes=-99999, 0, 9999",
        "BYTES = 1 - 2, 1, 2",
        "bytes=0-999999999999999999, 0, 9999"
    })
    void aRangeWithinTheFileIsGiven(String field, long first, long last) {
        ByteRange range = ByteRange.of(field, SIZE).orElseThrow();
        assertEquals(new ByteRange(first, last), range);
        assertEquals(last - first + 1, range.length());
        assertEquals("bytes " + first + "-" + last + "/10000", range.contentRange(SIZE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=0-0,-1",
                "bytes=0-1, 5-6",
                "bytes=5-4",
                "bytes=a-b",
                "bytes=1.5-2",
                "bytes=--5",
                "items=0-5",
                "0-5",
                "bytes=99999999999999999999-"
            })
    void whatIsSeveralRangesOrNotUnderstoodMeansAllBytes(String field) {
        assertEquals(Optional.empty(), ByteRange.of(field, SIZE));
    }

    @Test
    void noFieldMeansAllBytes() {
        assertEquals(Optional.empty(), ByteRange.of(null, SIZE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10000-", "bytes=10000-10001", "bytes=-0"})
    void aRangeOutsideTheFileCannotBeSatisfied(String field) {
        assertOutside(field, SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-1"})
    void anEmptyFileHasNoRanges(String field) {
        assertOutside(field, 0);
    }

    private static void assertOutside(String field, long size) {
        ProblemException problem =
                assertThrows(ProblemException.class, () -> ByteRange.of(field, size));
        assertEquals(416, problem.status());
        assertEquals("bytes */" + size, problem.headers().get("Content-Range"));
    }
}
