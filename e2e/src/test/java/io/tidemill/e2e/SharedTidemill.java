package io.tidemill.e2e;

import io.tidemill.local.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one system all tests share, because a start takes many seconds. The first test that needs it
 * starts it; it ends with the tests' JVM. Its traces go to {@link #traces()}.
 */
final class SharedTidemill {
    private static final SharedTidemill SHARED = new SharedTidemill();

    private final int port = FreePort.find();
    private final Path folder;
    private final TraceCollector traces = TraceCollector.start();
    private @Nullable Tidemill running;

    private SharedTidemill() {
        try {
            folder = Files.createTempDirectory("tidemill-e2e");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    static Tidemill get() {
        return SHARED.started();
    }

    /** Where the spans of all its processes arrive. */
    static TraceCollector traces() {
        return SHARED.traces;
    }

    /** Stops it in good order and starts it again on the same data and port. */
    static Tidemill restart(Map<String, String> environment) {
        SHARED.stop();
        return SHARED.start(environment);
    }

    private synchronized Tidemill started() {
        return running == null ? start(Map.of()) : running;
    }

    private synchronized Tidemill start(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(traces.environment());
        all.putAll(environment);
        try {
            running = Tidemill.up(folder.resolve("data"), port, all);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void stop() {
        Tidemill stopping = running;
        running = null;
        if (stopping != null) {
            stopping.close();
        }
    }

    private void end() {
        stop();
        traces.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.out.println("cannot delete " + folder + ": " + e.getMessage());
        }
    }
}
