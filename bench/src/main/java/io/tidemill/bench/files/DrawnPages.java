package io.tidemill.bench.files;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Pages of text as a scanner would see them: A4 at 200 dots per inch, PNG in grey. */
final class DrawnPages {
    private static final int WIDTH = 1_654;
    private static final int HEIGHT = 2_339;
    private static final int LINES = 45;
    private static final int LINE_HEIGHT = 46;
    private static final int MARGIN = 150;

    /** 11 points. */
    private static final int FONT_SIZE = 31;

    private DrawnPages() {}

    static List<Path> write(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < Kind.PAGES.count(); i++) {
            Path file = folder.resolve("page-" + i + ".png");
            ImageIO.write(draw(i), "png", file.toFile());
            files.add(file);
        }
        return files;
    }

    static BufferedImage draw(int seed) {
        BufferedImage page = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = page.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        g.setColor(Color.BLACK);
        g.setFont(new Font(Font.SERIF, Font.PLAIN, FONT_SIZE));
        g.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        int y = MARGIN;
        for (String line : Prose.lines(LINES, seed)) {
            g.drawString(line, MARGIN, y);
            y += LINE_HEIGHT;
        }
        g.dispose();
        return page;
    }
}
