package io.tidemill.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code tidemill}, run by the system's {@code sh} in a small copy of the project. Maven
 * and the JDK are scripts here that say how they were called.
 */
class LauncherScriptTest {
    private static final List<String> TOOLS =
            List.of(
                    "awk",
                    "cat",
                    "dirname",
                    "find",
                    "head",
                    "id",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "sed",
                    "touch");

    @TempDir Path folder;
    private Path home;
    private Path tools;

    @BeforeEach
    void copyTheProject() throws IOException {
        home = Files.createDirectories(folder.resolve("home of tidemill"));
        tools = Files.createDirectory(folder.resolve("tools"));
        Files.copy(Path.of("../tidemill"), home.resolve("tidemill"));
        for (String tool : TOOLS) {
            program(tools.resolve(tool), "exec " + find(tool) + " \"$@\"");
        }
        Files.createDirectories(home.resolve("jobs-api/src/main"));
        Files.createFile(home.resolve("pom.xml"));
        jdk(25);
        program(tools.resolve("mvn"), "echo \"mvn $*\"\n" + WRITE_JARS);
    }

    private static final String WRITE_JARS =
            """
            for m in jobs-api file-processor; do
              mkdir -p "$HOME/$m/target/quarkus-app"
              touch "$HOME/$m/target/quarkus-app/quarkus-run.jar"
            done
            """;

    @Test
    void aloneItPrintsHelp() throws Exception {
        Ended ended = tidemill();
        assertEquals(0, ended.code());
        assertTrue(ended.output().contains("./tidemill demo "), ended.output());
    }

    @Test
    void anUnknownCommandIsNamed() throws Exception {
        assertEquals(
                new Ended(
                        1,
                        "tidemill: unknown command \"upp\"; ./tidemill help lists the commands\n"),
                tidemill("upp"));
    }

    @Test
    void aJdkThatIsTooOldIsNamed() throws Exception {
        jdk(17);
        Ended ended = tidemill("up");
        assertEquals(1, ended.code());
        assertTrue(
                ended.output().startsWith("tidemill: needs JDK 25 or newer (found only JDK 17 in "),
                ended.output());
        assertEquals(1, ended.output().lines().count());
    }

    @Test
    void withoutMavenItSaysSo() throws Exception {
        Files.delete(tools.resolve("mvn"));
        Ended ended = tidemill("up");
        assertEquals(1, ended.code());
        assertTrue(ended.output().startsWith("tidemill: needs Maven"), ended.output());
    }

    @Test
    void itBuildsOnceAndAgainOnlyWhenASourceChanged() throws Exception {
        assertTrue(tidemill("up").output().contains("mvn -q"));
        assertEquals("java up --port 9000\n", tidemill("up", "--port", "9000").output());
        Files.setLastModifiedTime(
                Files.createFile(home.resolve("jobs-api/src/main/New.java")),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertTrue(tidemill("up").output().contains("mvn -q"));
    }

    @Test
    void aBuildThatFailsIsRepeatedNextTime() throws Exception {
        program(tools.resolve("mvn"), WRITE_JARS + "exit 1");
        assertEquals(1, tidemill("up").code());
        program(tools.resolve("mvn"), "echo built");
        assertTrue(tidemill("up").output().contains("built\n"));
    }

    @Test
    void belowARunningTestItDoesNotBuild() throws Exception {
        assertEquals("java demo\n", run(Map.of("TIDEMILL_SKIP_BUILD", "1"), "demo").output());
    }

    @Test
    void testEndsWithTheSumOfAllReports() throws Exception {
        program(
                tools.resolve("mvn"),
                report("surefire", 9, 1, 1, 2) + report("failsafe", 3, 0, 0, 0));
        assertEquals(new Ended(0, "\n8 passed, 2 failed, 2 skipped\n"), tidemill("test"));
    }

    @Test
    void testFailsWhenMavenFails() throws Exception {
        program(tools.resolve("mvn"), report("surefire", 9, 0, 0, 0) + "exit 7");
        assertEquals(new Ended(7, "\n9 passed, 0 failed, 0 skipped\n"), tidemill("test"));
    }

    @Test
    void noTestsAtAllAreAFailure() throws Exception {
        program(tools.resolve("mvn"), "");
        assertEquals(new Ended(1, "\n0 passed, 0 failed, 0 skipped\n"), tidemill("test"));
    }

    @Test
    void reportsOfAnEarlierRunDoNotCount() throws Exception {
        program(tools.resolve("mvn"), report("surefire", 9, 0, 0, 0));
        tidemill("test");
        program(tools.resolve("mvn"), "");
        assertEquals("\n0 passed, 0 failed, 0 skipped\n", tidemill("test").output());
    }

    private static String report(String plugin, int tests, int errors, int failures, int skipped) {
        return """
               mkdir -p "$HOME/local/target/%1$s-reports"
               cat > "$HOME/local/target/%1$s-reports/TEST-it.xml" <<XML
               <?xml version="1.0" encoding="UTF-8"?>
               <testsuite name="it" time="1.5" tests="%2$d" errors="%3$d" skipped="%5$d" failures="%4$d">
                 <testcase name="tests=&quot;99"/>
               </testsuite>
               XML
               """
                .formatted(plugin, tests, errors, failures, skipped);
    }

    private void jdk(int version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        program(bin.resolve("javac"), "");
        program(
                bin.resolve("java"),
                "while [ \"$1\" != io.tidemill.local.Launcher ]; do shift; done\nshift\necho \"java $*\"");
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private static Path find(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(bin -> Path.of(bin, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private Ended tidemill(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh"));
        command.add(home.resolve("tidemill").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        File output = folder.resolve("output").toFile();
        builder.redirectOutput(output);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TIDEMILL_JDK_FOLDER", folder.toString());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Ended(code, Files.readString(output.toPath()));
    }

    /** How the script ended, and all it printed. */
    private record Ended(int code, String output) {}
}
