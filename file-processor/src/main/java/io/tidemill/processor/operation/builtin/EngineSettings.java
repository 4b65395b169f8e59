package io.tidemill.processor.operation.builtin;

import io.tidemill.processor.engine.HostCommand;
import io.tidemill.processor.engine.HostSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the built-in operations need to know.
 *
 * @param hosts how the engine hosts of the embedded engines are run
 * @param clamd {@code host:port} or socket path of a virus scanner; when empty Debian's usual
 *     socket is tried
 * @param libvips the libvips to be loaded; when empty the system's, if there is one
 * @param embeddedOnly leave installed programs aside, as on a machine that has none
 * @param local whether operations for drills and benchmarks are offered
 */
public record EngineSettings(
        HostSettings hosts,
        Optional<String> clamd,
        Optional<Path> libvips,
        boolean embeddedOnly,
        boolean local) {
    private static final int HEAP_MEBIBYTES = 384;
    private static final int FILES_PER_HOST = 200;
    private static final Duration HOST_WALL_CLOCK = Duration.ofSeconds(30);

    /**
     * Sensible settings.
     *
     * @param slots how many attempts run at the same time
     */
    public static EngineSettings defaults(int slots) {
        List<String> command = HostCommand.ofThisProgram();
        return new EngineSettings(
                new HostSettings(command, slots, HEAP_MEBIBYTES, FILES_PER_HOST, HOST_WALL_CLOCK),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
    }
}
