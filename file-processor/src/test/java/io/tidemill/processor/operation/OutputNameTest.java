package io.tidemill.processor.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OutputNameTest {
    @Test
    void theEndingIsReplaced() {
        assertEquals("photo.of.me-1.jpg", OutputName.of("photo.of.me.jpeg", "-1.jpg"));
        assertEquals("README.txt", OutputName.of("README", ".txt"));
        assertEquals("版画.txt", OutputName.of("版画.pdf", ".txt"));
    }

    @Test
    void foldersDotsAndInvisibleCharactersAreDropped() {
        assertEquals("passwd.txt", OutputName.of("../../etc/passwd", ".txt"));
        assertEquals("boot.txt", OutputName.of("C:\\boot.ini", ".txt"));
        assertEquals("ab.txt", OutputName.of("a\r\n\0\u202eb.pdf", ".txt"));
        assertEquals("hidden.txt", OutputName.of("...hidden", ".txt"));
    }

    @Test
    void whatLeavesNothingIsCalledFile() {
        assertEquals("file.txt", OutputName.of("", ".txt"));
        assertEquals("file.txt", OutputName.of("..", ".txt"));
        assertEquals("file.txt", OutputName.of("a/", ".txt"));
    }

    @Test
    void longNamesAreCut() {
        assertEquals("x".repeat(100) + ".txt", OutputName.of("x".repeat(4_096), ".txt"));
    }
}
