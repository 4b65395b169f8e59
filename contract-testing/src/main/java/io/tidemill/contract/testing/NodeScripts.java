package io.tidemill.contract.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scripts of a folder that has a {@code package.json} with its lock file. */
public final class NodeScripts {
    private static final long TIMEOUT_SECONDS = 300;

    private final Path folder;

    public NodeScripts(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Whether there is a Node.js on this machine. */
    public static boolean possible() {
        try {
            return new NodeScripts(Path.of(""))
                    .output(List.of("node", "--version"))
                    .startsWith("v");
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Runs a script of {@code package.json}; gives back what it printed.
     *
     * @throws AssertionError when it fails or takes longer than five minutes
     */
    public String run(String script, String... arguments) throws IOException {
        if (!installed()) {
            output(List.of("npm", "ci", "--no-progress"));
        }
        List<String> command = new ArrayList<>(List.of("npm", "run", "--silent", script, "--"));
        command.addAll(List.of(arguments));
        return output(command);
    }

    /** npm leaves a copy of the lock file behind when it is done. */
    private boolean installed() throws IOException {
        Path done = folder.resolve("node_modules/.package-lock.json");
        Path wanted = folder.resolve("package-lock.json");
        return Files.exists(done)
                && Files.getLastModifiedTime(done).compareTo(Files.getLastModifiedTime(wanted))
                        >= 0;
    }

    private String output(List<String> command) throws IOException {
        Path printed = Files.createTempFile("node", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(printed.toFile())
                            .start();
            int exit = exitCode(process);
            String text = Files.readString(printed);
            if (exit != 0) {
                throw new AssertionError(String.join(" ", command) + " failed:\n" + text);
            }
            return text;
        } finally {
            Files.delete(printed);
        }
    }

    private static int exitCode(Process process) {
        try {
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return ended ? process.exitValue() : -1;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return -1;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
