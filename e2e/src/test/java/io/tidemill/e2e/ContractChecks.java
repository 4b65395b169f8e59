package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Node.js tools in the folder {@code contract}: linters and the TypeScript client. Skips the
 * test that needs them when there is no Node.js.
 */
final class ContractChecks {
    private static final Path FOLDER = Path.of("contract").toAbsolutePath();
    private static final long TIMEOUT_SECONDS = 300;

    private ContractChecks() {}

    /** Runs a script of {@code package.json}; gives back what it printed. */
    static String run(String script, String... arguments) throws IOException {
        Skip.unless(
                nodeRuns(), "no Node.js on the PATH; the contract's linters and client need it");
        if (!installed()) {
            output(List.of("npm", "ci", "--no-progress"));
        }
        List<String> command = new ArrayList<>(List.of("npm", "run", "--silent", script, "--"));
        command.addAll(List.of(arguments));
        return output(command);
    }

    private static boolean nodeRuns() {
        try {
            return output(List.of("node", "--version")).startsWith("v");
        } catch (IOException _) {
            return false;
        }
    }

    /** npm leaves a copy of the lock file behind when it is done. */
    private static boolean installed() throws IOException {
        Path done = FOLDER.resolve("node_modules/.package-lock.json");
        Path wanted = FOLDER.resolve("package-lock.json");
        return Files.exists(done)
                && Files.getLastModifiedTime(done).compareTo(Files.getLastModifiedTime(wanted))
                        >= 0;
    }

    private static String output(List<String> command) throws IOException {
        Path printed = Files.createTempFile("contract", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(FOLDER.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(printed.toFile())
                            .start();
            int exit = exitCode(process);
            String text = Files.readString(printed);
            assertEquals(0, exit, () -> String.join(" ", command) + " failed:\n" + text);
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
