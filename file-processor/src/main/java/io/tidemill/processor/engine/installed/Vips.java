package io.tidemill.processor.engine.installed;

import io.tidemill.processor.engine.EngineHosts;
import io.tidemill.processor.engine.HostAnswer;
import io.tidemill.processor.engine.embedded.HostRequest;
import io.tidemill.processor.engine.vips.VipsThumbnails;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * libvips: that of the system (package libvips-tools), or another. Its work is done by {@link
 * VipsThumbnails}.
 *
 * @param version such as {@code 8.14.1}
 * @param library the file that hosts load; empty for the system's
 */
public record Vips(String version, String library) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The system's, if it is there. */
    public static Optional<Vips> find() {
        return Program.find("vips", "--version").map(found -> new Vips(found.version(), ""));
    }

    /**
     * One that was chosen; a host tries it.
     *
     * @throws IllegalArgumentException when it cannot be used
     */
    public static Vips at(Path file, EngineHosts hosts) {
        Path library = file.toAbsolutePath();
        Map<String, Object> parameters = Map.of("library", library.toString());
        HostRequest request = new HostRequest(VipsThumbnails.NAME, library, library, parameters);
        try {
            if (hosts.ask(request, PATIENCE, Progress.SILENT) instanceof HostAnswer.Result told) {
                String version = new Fields(told.values()).text("version", "");
                return new Vips(version, library.toString());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(unusable(library), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException(unusable(library), e);
        }
        throw new IllegalArgumentException(unusable(library));
    }

    private static String unusable(Path library) {
        return "tidemill.engines.libvips: no libvips that can be used: " + library;
    }
}
