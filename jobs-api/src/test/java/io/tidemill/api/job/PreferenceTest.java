package io.tidemill.api.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7240. */
class PreferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            wait=10                  | 10
            Wait = 10                | 10
            wait="10"                | 10
            respond-async, wait=10   | 10
            respond-async;x=1,wait=5 | 5
            wait=0                   | 0
            wait=60                  | 60
            wait=61                  | 60
            wait=999999              | 60
            wait=3, wait=9           | 3
            """)
    void theTimeIsReadAndBounded(String header, int seconds) {
        Preference preference = Preference.of(List.of(header));
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), preference.time());
        assertEquals(Optional.of("wait=" + seconds), preference.applied());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=abc",
                "wait=-1",
                "await=10",
                "wait=12345678901234567890",
                "wait=1.5",
                "respond-async"
            })
    void whatIsNotUnderstoodIsNoPreference(String header) {
        Preference preference = Preference.of(List.of(header));
        assertEquals(Optional.empty(), preference.time());
        assertEquals(Optional.empty(), preference.applied());
    }

    @Test
    void severalHeadersCountAsOne() {
        assertEquals(
                Optional.of(Duration.ofSeconds(7)),
                Preference.of(List.of("respond-async", "wait=7")).time());
        assertEquals(Optional.empty(), Preference.of(List.of()).time());
    }
}
