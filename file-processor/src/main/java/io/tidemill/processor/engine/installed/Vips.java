package io.tidemill.processor.engine.installed;

import java.util.Optional;

/**
 * libvips (package libvips-tools). Its work is done by {@link
 * io.tidemill.processor.engine.vips.VipsThumbnails}.
 */
public record Vips(String version) {
    public static Optional<Vips> find() {
        return Program.find("vips", "--version").map(Program::version).map(Vips::new);
    }
}
