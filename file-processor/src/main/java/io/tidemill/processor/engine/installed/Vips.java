package io.tidemill.processor.engine.installed;

import io.tidemill.processor.image.ThumbnailSize;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.tool.Limits;
import io.tidemill.processor.tool.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** libvips (package libvips-tools): shrinks images while it decodes them. */
public final class Vips {
    /** Its WebP decoder crashes below 600 MB of address space; 24 megapixels use 56 MB. */
    private static final long ADDRESS_SPACE = 1024 * Program.MEBIBYTE;

    private static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20),
                    ADDRESS_SPACE,
                    128 * Program.MEBIBYTE);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("VIPS_BLOCK_UNTRUSTED", "1", "VIPS_CONCURRENCY", "1");

    private final Program program;

    private Vips(Program program) {
        this.program = program;
    }

    public static Optional<Vips> find() {
        return Program.find("vips", "--version").map(Vips::new);
    }

    public String version() {
        return program.version();
    }

    /**
     * Makes one smaller, upright copy in sRGB, without metadata.
     *
     * @param output file name in the attempt's folder; its ending decides the format
     */
    public ToolResult thumbnail(Attempt attempt, ThumbnailSize size, String output)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("thumbnail", attempt.file().toString(), output + save(output)));
        arguments.addAll(List.of(Integer.toString(size.width())));
        arguments.addAll(List.of("--height", Integer.toString(size.height())));
        arguments.addAll(List.of("--size", "down", "--fail-on", "error"));
        arguments.addAll(List.of("--export-profile", "srgb"));
        if (size.cover()) {
            arguments.addAll(List.of("--crop", "attention"));
        }
        return program.run(
                attempt.folder(), ENVIRONMENT, LIMITS.within(attempt.timeout()), arguments);
    }

    /** Transparent pixels become white where the format has none. */
    private static String save(String output) {
        return output.endsWith(".png") ? "[strip]" : "[Q=82,strip,background=255]";
    }
}
