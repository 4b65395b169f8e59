package io.tidemill.bench.files;

import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.program.NodePrograms;
import io.tidemill.bench.program.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The library sharp of Node.js, in one process that stays: libvips without a system around it. */
final class Sharp implements AutoCloseable {
    private final PeerProcess process;

    private Sharp(PeerProcess process) {
        this.process = process;
    }

    /**
     * Starts it; says so and is empty if it cannot run here.
     *
     * @param photos folder of what it is to work on
     * @param folder for its copies and what it says
     */
    static Optional<Sharp> start(Path home, Path photos, Path folder) throws IOException {
        Optional<NodePrograms> node = NodePrograms.install(home, "sharp");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        Path copies = Files.createDirectories(folder.resolve("copies"));
        Map<String, String> places =
                Map.of("FILES", photos.toString(), "COPIES", copies.toString());
        return Optional.of(
                new Sharp(
                        new PeerProcess(
                                "sharp",
                                node.get().command("sharp"),
                                places,
                                folder.resolve("sharp.log"))));
    }

    /** CPU seconds of copies of all photos, so many pixels wide. */
    double copies(int width) throws IOException {
        ProcessCost before = process.cost();
        process.run(width);
        return process.cost().cpuSince(before);
    }

    @Override
    public void close() {
        process.close();
    }
}
