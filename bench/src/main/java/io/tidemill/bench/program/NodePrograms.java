package io.tidemill.bench.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What runs on Node.js: programs, with what they need, in a folder to run in. */
public final class NodePrograms {
    private static final int MINUTES = 5;
    private final Path node;
    private final Path folder;

    private NodePrograms(Path node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /**
     * Installs what they need, unless it is there; says so and is empty if that cannot be.
     *
     * @param who is left out then
     */
    public static Optional<NodePrograms> install(Path home, String who) throws IOException {
        Optional<Path> node = ProgramPath.find("node");
        Optional<Path> npm = ProgramPath.find("npm");
        if (node.isEmpty() || npm.isEmpty()) {
            System.out.println("Left out: " + who + "; there is no node or npm here.");
            return Optional.empty();
        }
        Path folder = home.resolve("bench/target/node");
        boolean changed = copy(home.resolve("bench/src/main/node"), folder);
        if ((changed || !Files.exists(folder.resolve("installed")))
                && !install(npm.get(), folder)) {
            System.out.println(
                    "Left out: "
                            + who
                            + "; npm could not install what it needs, see "
                            + folder.resolve("npm.log"));
            return Optional.empty();
        }
        return Optional.of(new NodePrograms(node.get(), folder));
    }

    /** Whether the list of what to install is another. */
    private static boolean copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        Path list = to.resolve("package.json");
        boolean changed =
                !Files.exists(list) || Files.mismatch(from.resolve("package.json"), list) >= 0;
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return changed;
    }

    private static boolean install(Path npm, Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("installed"));
        Process process =
                new ProcessBuilder(
                                npm.toString(),
                                "install",
                                "--no-audit",
                                "--no-fund",
                                "--ignore-scripts",
                                "--no-package-lock")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("npm.log").toFile())
                        .start();
        try {
            if (process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) {
                Files.writeString(folder.resolve("installed"), "");
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }

    public List<String> command(String program) {
        return List.of(node.toString(), folder.resolve(program + ".mjs").toString());
    }
}
