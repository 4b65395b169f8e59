package io.tidemill.processor.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the running program is started again as an engine host. */
public final class HostCommand {
    private static final String PACKAGED = "quarkus-run.jar";

    private HostCommand() {}

    /**
     * The packaged program dispatches {@link EngineHost#ARGUMENT}; from a class path, as in tests,
     * {@link EngineHost} is started directly. The first element is the absolute path of {@code
     * java}.
     */
    public static List<String> ofThisProgram() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return Path.of(classPath.split(":", 2)[0]).endsWith(PACKAGED)
                ? List.of(java, "-jar", absolute(classPath), EngineHost.ARGUMENT)
                : List.of(java, "-cp", classPath, EngineHost.class.getName());
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
