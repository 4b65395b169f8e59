package io.tidemill.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.local.process.LaunchException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final Option CUPS = new Option("--cups", 3, 12);
    private static final Option LONG_SECONDS = new Option("--seconds", 20, 3_600);
    private static final Option SHORT_SECONDS = new Option("--seconds", 5, 30);
    private static final Suite TEA = new Named("tea", List.of(CUPS, LONG_SECONDS));
    private static final Suite BREAD = new Named("bread", List.of(SHORT_SECONDS));

    private record Named(String name, List<Option> options) implements Suite {
        @Override
        public void run(Session session) {
            throw new UnsupportedOperationException("nothing is measured here");
        }
    }

    private static CommandLine parse(String words) {
        List<String> list = words.isEmpty() ? List.of() : Arrays.asList(words.split(" "));
        return CommandLine.parse(list, List.of(TEA, BREAD));
    }

    @Test
    void withoutAWordAllSuitesRunAsUsual() {
        CommandLine line = parse("");
        assertEquals(List.of(TEA, BREAD), line.suites());
        assertEquals(3, line.choices().of(CUPS));
        assertEquals(20, line.choices().of(LONG_SECONDS));
        assertEquals(5, line.choices().of(SHORT_SECONDS));
    }

    @Test
    void aSuiteIsChosenByItsName() {
        assertEquals(List.of(BREAD), parse("bread").suites());
    }

    @Test
    void whatIsSaidGoesToEverySuiteThatKnowsIt() {
        CommandLine line = parse("--seconds 7 --cups 1");
        assertEquals(List.of(TEA, BREAD), line.suites());
        assertEquals(1, line.choices().of(CUPS));
        assertEquals(7, line.choices().of(LONG_SECONDS));
        assertEquals(7, line.choices().of(SHORT_SECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "milk",
                "tea --cups",
                "tea --cups 0",
                "tea --cups 13",
                "tea --cups x",
                "tea --cups --seconds 3",
                "tea cups 3",
                "bread --cups 3",
                "--seconds 31"
            })
    void nonsenseIsSaidToBe(String words) {
        LaunchException refusal = assertThrows(LaunchException.class, () -> parse(words));
        assertTrue(refusal.line().length() > 10);
    }
}
