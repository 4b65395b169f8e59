package io.tidemill.bench.files;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
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

    void run(OwnSystem own, Matches matches) throws IOException, InterruptedException {
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
            matches.play(
                    "thumbnails",
                    "Thumbnails of %d photos, for each".formatted(photos.size()),
                    IntStream.of(WIDTHS).mapToObj(width -> match(photos, width, sharp)).toList());
        }
    }

    private static Match match(List<Path> photos, int width, Sharp sharp) {
        JsonObject size =
                new JsonObject().put("width", width).put("height", HEIGHT).put("fit", "inside");
        JsonObject step =
                new JsonObject()
                        .put("id", "copy")
                        .put("operation", "thumbnail")
                        .put("parameters", new JsonObject().put("sizes", List.of(size)));
        return new Match(width + " pixels", photos, step, "sharp", () -> sharp.copies(width));
    }
}
