package io.tidemill.processor.engine.installed;

import io.tidemill.processor.operation.Progress;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * Bridges a hiccup of the virus scanner, and leaves one in peace for a while that fails most calls:
 * a scanner that is slow to fail would hold up every slot. Each try streams the file from its
 * beginning. A call has its own time limit, so there is no other around it, and one that was too
 * slow once is not asked again.
 */
@Singleton
public class GuardedScanning implements Scanning {

    @Override
    @Retry(
            maxRetries = 2,
            delay = 200,
            jitter = 100,
            retryOn = IOException.class,
            abortOn = SocketTimeoutException.class)
    @CircuitBreaker(
            requestVolumeThreshold = 12,
            failureRatio = 0.75,
            delay = 10_000,
            failOn = IOException.class)
    public String scan(Clamd clamd, Path file, Duration time, Progress progress)
            throws IOException, InterruptedException {
        return clamd.scan(file, time, progress);
    }
}
