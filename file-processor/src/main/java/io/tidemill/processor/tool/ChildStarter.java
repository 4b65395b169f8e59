package io.tidemill.processor.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Starts every child from one thread that lives as long as the processor. Linux ties {@code
 * PR_SET_PDEATHSIG} to the thread that started the child, not to its process: so a child dies when
 * the processor is killed, and never because some pooled thread has ended.
 */
final class ChildStarter {
    private static final Executor THREAD =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("child-starter").factory());

    private ChildStarter() {}

    /** Not interruptible, so that a child can never start unseen; it takes milliseconds. */
    static Process start(ProcessBuilder command) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> startNow(command), THREAD).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException unchecked) {
                throw new IOException("the child did not start", unchecked.getCause());
            }
            throw e;
        }
    }

    private static Process startNow(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
