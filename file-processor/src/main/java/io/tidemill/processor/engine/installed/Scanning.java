package io.tidemill.processor.engine.installed;

import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The call to a virus scanner; a guard may stand around it. */
@FunctionalInterface
public interface Scanning {
    /** See {@link Clamd#scan}. */
    String scan(Clamd clamd, Path file, Duration time, Progress progress)
            throws IOException, InterruptedException;
}
