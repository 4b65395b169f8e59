package io.tidemill.bench.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawnPagesTest {
    private static byte[] pixels(int seed) {
        BufferedImage page = DrawnPages.draw(seed);
        return ((DataBufferByte) page.getRaster().getDataBuffer()).getData();
    }

    @Test
    void pagesDiffer() {
        assertFalse(Arrays.equals(pixels(0), pixels(1)));
    }

    @Test
    void aPageIsMostlyPaperWithInkOnIt() {
        byte[] pixels = pixels(0);
        int ink = 0;
        for (byte pixel : pixels) {
            ink += pixel == 0 ? 1 : 0;
        }
        assertTrue(ink > pixels.length / 200, "too little ink");
        assertTrue(ink < pixels.length / 5, "too much ink");
    }
}
