package io.tidemill.bench.files;

import io.tidemill.bench.measure.Comparison;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.measure.Report;
import io.tidemill.bench.program.JavaProgram;
import io.tidemill.bench.program.PeerProcess;
import io.tidemill.bench.program.ProgramPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** SHA-256 of a large file in a JVM like our services', beside OpenSSL. */
final class Hashing {
    private static final String NAME = "hashing";
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int MEBIBYTES = 256;
    private static final int TIMES = 4;
    private static final double MEGABYTES = TIMES * (double) MEBIBYTES * MEBIBYTE / 1e6;

    private final Path home;
    private final Path folder;
    private final Report report;

    /**
     * @param folder for the file
     */
    Hashing(Path home, Path folder, Report report) {
        this.home = home;
        this.folder = folder;
        this.report = report;
    }

    void run(int rounds) throws IOException, InterruptedException {
        Optional<Path> openssl = ProgramPath.find("openssl");
        if (openssl.isEmpty()) {
            System.out.println("Left out: hashing; there is no openssl here.");
            return;
        }
        Path file = folder.resolve("large");
        write(file);
        ToolRuns bare =
                new ToolRuns(
                        openssl.get(), one -> List.of("dgst", "-sha256", one.toString()), Map.of());
        try (PeerProcess java = java(file)) {
            java.run(TIMES);
            compare(rounds, java, bare, Collections.nCopies(TIMES, file));
        } finally {
            Files.delete(file);
        }
    }

    private void compare(int rounds, PeerProcess java, ToolRuns bare, List<Path> files)
            throws IOException, InterruptedException {
        Comparison comparison = new Comparison(NAME, "SHA-256 of 256 MiB, for a CPU second");
        for (int round = 1; round <= rounds; round++) {
            ProcessCost before = java.cost();
            java.run(TIMES);
            double ours = java.cost().cpuSince(before);
            double theirs = bare.work(files);
            comparison.add("JDK, 64 KiB at a time", "speed", "MB/s", MEGABYTES / ours);
            comparison.add("JDK, 64 KiB at a time", "times", "OpenSSL", theirs / ours);
            comparison.add("openssl dgst", "speed", "MB/s", MEGABYTES / theirs);
        }
        report.add(comparison);
    }

    private PeerProcess java(Path file) throws IOException {
        return new PeerProcess(
                NAME,
                JavaProgram.command(home, "io.tidemill.bench.peer.HashPeer"),
                Map.of("FILE", file.toString()),
                folder.resolve("hashing.log"));
    }

    private static void write(Path file) throws IOException {
        byte[] piece = new byte[MEBIBYTE];
        Random random = new Random(MEBIBYTES);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEBIBYTES; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
    }
}
