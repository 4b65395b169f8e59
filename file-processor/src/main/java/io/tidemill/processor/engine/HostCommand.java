package io.tidemill.processor.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the running program is started again as an engine host. */
public final class HostCommand {
    private static final String PACKAGED = "quarkus-run.jar";
    private static final String JAVA_HOME = "JAVA_HOME";

    private HostCommand() {}

    /** Whether this program is a native executable, or is being compiled to one. */
    public static boolean isNative() {
        return System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    }

    /**
     * The packaged program dispatches {@link EngineHost#ARGUMENT}; from a class path, as in tests,
     * {@link EngineHost} is started directly. The first element is the absolute path of {@code
     * java}.
     */
    public static List<String> ofThisProgram() {
        if (isNative()) {
            String program = ProcessHandle.current().info().command().orElseThrow();
            return beside(Path.of(program), System.getenv(JAVA_HOME));
        }
        String java = java(System.getProperty("java.home"));
        String classPath = System.getProperty("java.class.path");
        return Path.of(classPath.split(":", 2)[0]).endsWith(PACKAGED)
                ? List.of(java, "-jar", absolute(classPath), EngineHost.ARGUMENT)
                : List.of(java, "-cp", classPath, EngineHost.class.getName());
    }

    /**
     * What decodes stays on the JVM, because it leans on AWT and on the look-up of plug-ins: a
     * native executable has the packaged program in the folder {@code host} beside it.
     */
    static List<String> beside(Path executable, @Nullable String javaHome) {
        if (javaHome == null) {
            throw new IllegalStateException(JAVA_HOME + " must say where engine hosts find Java");
        }
        Path jar = executable.resolveSibling("host").resolve(PACKAGED);
        return List.of(java(javaHome), "-jar", jar.toString(), EngineHost.ARGUMENT);
    }

    private static String java(String home) {
        return Path.of(home, "bin", "java").toString();
    }

    private static String absolute(String jar) {
        return Path.of(jar).toAbsolutePath().toString();
    }

    /** The whole command: fast to start, small, and dead at the first lack of memory. */
    static List<String> withOptions(HostSettings settings) {
        List<String> all = new ArrayList<>(List.of(settings.command().getFirst()));
        all.add("-Xmx" + settings.heapMebibytes() + "m");
        all.addAll(
                List.of(
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:MaxMetaspaceSize=128m",
                        "-XX:CompressedClassSpaceSize=64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:MaxDirectMemorySize=64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-XX:-UsePerfData",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=/dev/null",
                        "-XX:+DisableAttachMechanism",
                        "-Djava.awt.headless=true"));
        all.addAll(settings.command().subList(1, settings.command().size()));
        return all;
    }
}
