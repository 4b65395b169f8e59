package io.tidemill.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.contract.FileRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedTextTest {
    private static final String SHA_256 = "a".repeat(64);

    private static FileRef output(String name, String mediaType) {
        return ReportedText.outputs(List.of(new FileRef(name, mediaType, 1, SHA_256))).getFirst();
    }

    @Test
    void anActivityIsOneShortLine() {
        assertEquals("page 3 of 10", ReportedText.activity("page 3\n\t\u0000of 10\r\n"));
        assertEquals("x".repeat(200), ReportedText.activity("x".repeat(5_000)));
        assertNull(ReportedText.activity(null));
    }

    @Test
    void aCheckpointKeepsAllButWhatCannotBeStored() {
        assertEquals("a\n b", ReportedText.checkpoint("a\n\u0000b"));
        assertNull(ReportedText.checkpoint(null));
        assertTrue(ReportedText.isStorable("a\nb"));
        assertFalse(ReportedText.isStorable("a\u0000b"));
    }

    @Test
    void anOutputAlwaysHasANameAndAType() {
        assertEquals("a b.txt", output("a\u0000b.txt", "text/plain").name());
        assertEquals("unnamed", output("\r\n", "text/plain").name());
        assertEquals(255, output("x".repeat(1_000), "text/plain").name().length());
        assertEquals("text/plain", output("a", "text/plain").mediaType());
        assertEquals("application/octet-stream", output("a", "text").mediaType());
        assertEquals("application/octet-stream", output("a", "a/b\r\nSet-Cookie: c").mediaType());
    }
}
