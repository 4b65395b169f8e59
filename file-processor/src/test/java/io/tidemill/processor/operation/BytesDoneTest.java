package io.tidemill.processor.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BytesDoneTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void itIsToldInMegabytesWheneverItIsAnotherPercent() {
        BytesDone done = bytes(40_000_000);
        done.add(399_999);
        assertEquals(List.of("0 0 of 40 MB"), told);
        done.add(1);
        done.add(11_600_000);
        done.add(28_000_000);
        assertEquals(
                List.of("0 0 of 40 MB", "1 0 of 40 MB", "30 12 of 40 MB", "99 40 of 40 MB"), told);
    }

    @Test
    void aSmallFileIsToldInKilobytes() {
        bytes(999_999).add(500_000);
        assertEquals(List.of("0 0 of 1000 KB", "50 500 of 1000 KB"), told);
    }

    @Test
    void moreThanThereWasIsStillNotMoreThanAll() {
        BytesDone done = bytes(2_000);
        done.add(5_000);
        done.add(5_000);
        bytes(0).add(7);
        assertEquals(List.of("0 0 of 2 KB", "99 2 of 2 KB", "0 0 of 0 KB"), told);
    }

    @Test
    void whatIsReadFromAStreamIsDone() throws IOException {
        try (InputStream input =
                bytes(10_000).reading(new ByteArrayInputStream(new byte[10_000]))) {
            input.read();
            input.readNBytes(4_000);
            input.readAllBytes();
            input.read();
        }
        assertEquals("99 10 of 10 KB", told.getLast());
    }

    private BytesDone bytes(long total) {
        return new BytesDone((percent, activity) -> told.add(percent + " " + activity), total);
    }
}
