package io.tidemill.processor.engine.installed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The call to a virus scanner; a guard may stand around it. */
@FunctionalInterface
public interface Scanning {
    /** See {@link Clamd#scan}. */
    String scan(Clamd clamd, Path file, Duration time) throws IOException, InterruptedException;
}
