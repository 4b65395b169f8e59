package io.tidemill.faults.row;

import io.tidemill.faults.load.Promise;
import io.tidemill.faults.load.SentFile;
import io.tidemill.faults.load.Shape;
import io.tidemill.faults.system.Setup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Faults of what keeps the stored files. */
final class StorageRows {
    private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(30);
    private static final Duration HURT = Duration.ofSeconds(4);
    private static final int MORE_THAN_THE_DISK_KILOBYTES = 64 << 10;
    private static final int WAIT_MILLIS = 2_500;

    private StorageRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                                "half-written-object",
                                "stored files are cut in half while jobs need them, then are whole again",
                                scene -> hurt(scene, StorageRows::halve))
                        .allowing("CHECKSUM_MISMATCH"),
                FaultRow.of(
                                "storage-read-error",
                                "stored files cannot be read while jobs need them, then can again",
                                scene -> hurt(scene, StorageRows::makeUnreadable))
                        .allowing("DEPENDENCY_UNAVAILABLE", "CHECKSUM_MISMATCH"),
                FaultRow.of(
                                "storage-full",
                                "the disk of the stored files is full for 10 s",
                                StorageRows::fill)
                        .allowing("DEPENDENCY_UNAVAILABLE")
                        .on(Setup.SMALL_DISK)
                        .unless(Obstacles::notRoot));
    }

    private interface Hurt {
        void to(Path object) throws IOException;
    }

    /** The first step waits, so that the second finds the object as we left it. */
    private static void hurt(Scene scene, Hurt hurt) throws IOException {
        Promise job = scene.submit(Shape.chain(WAIT_MILLIS), 3, ACCEPTED_WITHIN);
        for (SentFile file : job.files()) {
            Path object = object(scene, file);
            Path whole = object.resolveSibling(object.getFileName() + ".whole");
            Files.copy(object, whole, StandardCopyOption.REPLACE_EXISTING);
            hurt.to(object);
            scene.did("object hurt");
        }
        scene.last(HURT);
        for (SentFile file : job.files()) {
            mend(object(scene, file));
        }
    }

    private static void halve(Path object) throws IOException {
        byte[] content = Files.readAllBytes(object);
        Files.delete(object);
        Files.write(object, Arrays.copyOf(content, content.length / 2));
    }

    /** Opening works and reading fails, for root, too. */
    private static void makeUnreadable(Path object) throws IOException {
        Files.delete(object);
        Files.createDirectory(object);
    }

    private static void mend(Path object) throws IOException {
        Path whole = object.resolveSibling(object.getFileName() + ".whole");
        Files.deleteIfExists(object);
        Files.move(whole, object);
    }

    /** As docs/architecture.md has it: by the first four characters of the digest. */
    private static Path object(Scene scene, SentFile file) {
        String sha256 = file.sha256();
        return scene.plant()
                .storage()
                .resolve("objects")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private static void fill(Scene scene) throws IOException {
        Path filler = scene.plant().storage().resolve("filler");
        try {
            scene.did("kilobytes until the disk was full", fillUp(filler));
            scene.last(Duration.ofSeconds(10));
        } finally {
            Files.deleteIfExists(filler);
        }
    }

    private static int fillUp(Path filler) throws IOException {
        byte[] kilobyte = new byte[1 << 10];
        int written = 0;
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (written < MORE_THAN_THE_DISK_KILOBYTES) {
                out.write(kilobyte);
                written++;
            }
            return 0;
        } catch (IOException e) {
            return written;
        }
    }
}
