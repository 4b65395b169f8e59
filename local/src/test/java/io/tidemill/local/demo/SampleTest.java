package io.tidemill.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final Path SAMPLES = Path.of("../samples");

    @Test
    void everySampleAndTheVirusIsShown() {
        assertEquals(
                List.of(
                        "badge-with-alpha.png",
                        "notes.txt",
                        "photo-orientation-6.jpg",
                        "really-a-pdf.jpg",
                        "scanned-page.jpg",
                        "tides.csv",
                        "truncated-photo.jpg",
                        "two-pages.pdf",
                        "eicar.txt"),
                Sample.in(SAMPLES).stream().map(Sample::name).toList());
    }

    @Test
    void theVirusTestFileIsTheRealOne() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Eicar.bytes());
        assertEquals(
                "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f",
                HexFormat.of().formatHex(digest));
    }

    @Test
    void theVirusTestFileIsNotWholeInTheClassFile() throws IOException {
        Path compiled = Path.of("target/classes/io/tidemill/local/demo/Eicar.class");
        String bytes = Files.readString(compiled, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(new String(Eicar.bytes(), StandardCharsets.ISO_8859_1)));
    }
}
