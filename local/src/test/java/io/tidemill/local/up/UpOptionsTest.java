package io.tidemill.local.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.local.process.LaunchException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpOptionsTest {
    private static final Path DEFAULT = Path.of("data");

    @Test
    void withoutOptionsOneOfEachRunsOnPort8080() {
        assertEquals(new UpOptions(8080, 1, 1, DEFAULT), parse());
    }

    @Test
    void everyOptionIsTaken() {
        assertEquals(
                new UpOptions(9000, 2, 3, Path.of("/tmp/here")),
                parse("--port", "9000", "--api", "2", "--processors", "3", "--data", "/tmp/here"));
    }

    @Test
    void valuesMayFollowAnEqualsSign() {
        assertEquals(new UpOptions(9000, 1, 1, Path.of("a=b")), parse("--port=9000", "--data=a=b"));
    }

    @Test
    void noProcessorsAtAllIsAllowed() {
        assertEquals(0, parse("--processors", "0").processors());
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertEquals(
                "unknown option --prot; ./tidemill help lists them", refusal("--prot", "9000"));
    }

    @Test
    void aMissingValueIsNamed() {
        assertEquals("--port needs a value", refusal("--port"));
        assertEquals("--data needs a folder", refusal("--data="));
    }

    @Test
    void aPortThatIsNoNumberIsQuoted() {
        assertEquals("--port needs a number, not \"http\"", refusal("--port", "http"));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertEquals("--port must be from 1 to 65535, not 0", refusal("--port", "0"));
        assertEquals("--port must be from 1 to 65535, not 65536", refusal("--port", "65536"));
        assertEquals("--api must be from 1 to 16, not 0", refusal("--api", "0"));
        assertEquals("--processors must be from 0 to 64, not -1", refusal("--processors", "-1"));
    }

    @Test
    void thePortsOfAllApisMustExist() {
        assertEquals(
                "--port must be from 1 to 65534, not 65535",
                refusal("--api", "2", "--port", "65535"));
    }

    private static UpOptions parse(String... arguments) {
        return UpOptions.parse(List.of(arguments), DEFAULT);
    }

    private static String refusal(String... arguments) {
        return assertThrows(LaunchException.class, () -> parse(arguments)).line();
    }
}
