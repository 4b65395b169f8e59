package io.tidemill.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Stands in for a built jobs-api or file-processor: a process with a health check, so that the
 * launcher can be tested without building them.
 */
public final class StandInService {
    private StandInService() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(environment.getOrDefault("QUARKUS_HTTP_PORT", ""));
        String host = environment.get("QUARKUS_HTTP_HOST");
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext(
                "/q/health/ready",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
    }

    /** Puts stand-ins where the built services would lie. */
    static void install(Path home) throws IOException {
        for (String module : new String[] {"jobs-api", "file-processor"}) {
            Path folder = home.resolve(module).resolve("target/quarkus-app");
            Files.createDirectories(folder);
            writeJar(folder.resolve("quarkus-run.jar"));
        }
    }

    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, classes());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private static String classes() {
        return StandInService.class.getProtectionDomain().getCodeSource().getLocation().toString();
    }
}
