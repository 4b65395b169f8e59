package io.tidemill.k8s;

import io.tidemill.local.LocalServices;
import io.tidemill.local.process.Child;
import io.tidemill.local.process.Command;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the program of a pod's image on this machine, with the environment the pod gives it. */
final class Container {
    /** Nobody can make this folder: a path that no volume is mounted at cannot be written. */
    private static final String READ_ONLY = "/proc/read-only";

    private final LocalServices services;

    Container(LocalServices services) {
        this.services = services;
    }

    /**
     * @param port where it serves HTTP
     * @param changes variables that differ from the pod's
     */
    Child start(String name, Pod pod, int port, Map<String, String> changes) {
        Map<String, String> environment = new HashMap<>(pod.environment());
        environment.replaceAll((_, value) -> mounted(value, pod.mountPaths()));
        services.environment().forEach(environment::replace);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.putAll(changes);
        return services.starter()
                .start(new Command(name, java(pod), environment, Command.StopSignal.TERM));
    }

    private String mounted(String value, List<String> mountPaths) {
        if (!value.startsWith("/var/lib/tidemill/")) {
            return value;
        }
        Path here = services.data().path().resolve(Path.of(value).getFileName());
        return mountPaths.contains(value) ? here.toString() : READ_ONLY;
    }

    private static List<String> java(Pod pod) {
        String module = pod.image().replaceAll(".*/", "").replaceAll(":.*", "");
        Path jar = Manifests.FOLDER.resolveSibling(module + "/target/quarkus-app/quarkus-run.jar");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString());
    }
}
