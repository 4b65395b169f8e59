package io.tidemill.api.policy.simulation;

import java.util.Locale;

/** Waiting time of each owner as SVG, on a logarithmic scale. */
final class Picture {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int TOP = 30;
    private static final int BOTTOM = 40;
    private static final int DECADES = 4;

    private final StringBuilder svg = new StringBuilder();

    Picture(String title) {
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="%d" y="18" font-size="14">%s</text>
                """
                        .formatted(WIDTH, HEIGHT, LEFT, title));
        for (int decade = 0; decade <= DECADES; decade++) {
            double y = y(Math.pow(10, decade));
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d s</text>%n",
                            LEFT,
                            WIDTH - 10,
                            y,
                            y,
                            LEFT - 6,
                            y + 4,
                            (long) Math.pow(10, decade)));
        }
    }

    private static double y(double seconds) {
        double share = Math.log10(Math.max(1, seconds)) / DECADES;
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    /** Adds a series, the shortest first; each dot is an owner. */
    void series(int place, String name, String colour, long[] millis) {
        for (int i = 0; i < millis.length; i++) {
            double x = LEFT + (i + 0.5) * (WIDTH - LEFT - 10) / millis.length;
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>%n",
                            x,
                            y(millis[i] / 1_000.0),
                            colour));
        }
        int x = LEFT + place * 260;
        svg.append(
                """
                <circle cx="%d" cy="%d" r="4" fill="%s"/><text x="%d" y="%d">%s</text>
                """
                        .formatted(x + 5, HEIGHT - 14, colour, x + 14, HEIGHT - 10, name));
    }

    String text() {
        return svg + "</svg>\n";
    }
}
