package io.tidemill.bench.files;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Smaller copies of photos, beside sharp. */
final class Thumbnails {
    private static final int[] WIDTHS = {200, 800, 1_920};

    /** The most that can be asked for, so that only the width counts. */
    private static final int HEIGHT = 4_096;

    private final Path home;
    private final Path folder;
    private final Material material;

    /**
     * @param folder for what sharp makes
     */
    Thumbnails(Path home, Path folder, Material material) {
        this.home = home;
        this.folder = folder;
        this.material = material;
    }

    void run(OwnSystem own, Matches series) throws IOException, InterruptedException {
        List<Path> photos = material.variants(Kind.PHOTOS, material.sources(Kind.PHOTOS));
        if (photos.isEmpty()) {
            return;
        }
        Optional<Sharp> started = Sharp.start(home, material.place(Kind.PHOTOS), folder);
        if (started.isEmpty()) {
            return;
        }
        try (Sharp sharp = started.get()) {
            own.tellEngine("thumbnail");
            List<Match> matches = new ArrayList<>();
            for (int width : WIDTHS) {
                matches.add(match(width + " pixels", photos, sharp, width));
            }
            matches.add(match("all three at once", photos, sharp, WIDTHS));
            series.play(
                    "thumbnails",
                    "Thumbnails of %d photos, for each".formatted(photos.size()),
                    matches);
        }
    }

    /** The bare engine makes one copy after the other. */
    private static Match match(String what, List<Path> photos, Sharp sharp, int... widths) {
        List<JsonObject> sizes = IntStream.of(widths).mapToObj(Thumbnails::size).toList();
        JsonObject step =
                new JsonObject()
                        .put("id", "copy")
                        .put("operation", "thumbnail")
                        .put("parameters", new JsonObject().put("sizes", sizes));
        return new Match(what, photos, step, "sharp", () -> copies(sharp, widths));
    }

    private static double copies(Sharp sharp, int... widths) throws IOException {
        double seconds = 0;
        for (int width : widths) {
            seconds += sharp.copies(width);
        }
        return seconds;
    }

    private static JsonObject size(int width) {
        return new JsonObject().put("width", width).put("height", HEIGHT).put("fit", "inside");
    }
}
