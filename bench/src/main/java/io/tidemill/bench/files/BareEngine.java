package io.tidemill.bench.files;

import java.io.IOException;

/** An engine by itself: no upload, no queue, no fences, no stored result. */
interface BareEngine {
    /**
     * Does the same work on the same files; tells the CPU seconds it took.
     *
     * @throws io.tidemill.local.process.LaunchException if it fails
     */
    double work() throws IOException, InterruptedException;
}
