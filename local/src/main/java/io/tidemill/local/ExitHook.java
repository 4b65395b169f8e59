package io.tidemill.local;

import io.tidemill.local.process.LaunchException;
import java.util.concurrent.CountDownLatch;

/**
 * Makes every way out of the program stop its processes in good order first: a signal, a failure,
 * or the end of the work.
 */
final class ExitHook {
    private final Runnable close;
    private volatile int code;
    private volatile boolean begun;

    private ExitHook(Runnable close, int signalCode) {
        this.close = close;
        this.code = signalCode;
    }

    /**
     * @param signalCode the exit code when a signal ends the program
     */
    static ExitHook closing(Runnable close, int signalCode) {
        ExitHook hook = new ExitHook(close, signalCode);
        Runtime.getRuntime().addShutdownHook(new Thread(hook::closeAndHalt, "stop"));
        return hook;
    }

    private void closeAndHalt() {
        begun = true;
        try {
            close.run();
        } catch (RuntimeException e) {
            System.err.println("tidemill: " + e.getMessage());
            code = 1;
        }
        System.out.flush();
        Runtime.getRuntime().halt(code);
    }

    /** Ends the program after one line; a failure that is the stop's own doing says nothing. */
    void fail(LaunchException failure) {
        if (!begun) {
            System.err.println("tidemill: " + failure.line());
            exit(1);
        }
        await();
    }

    void exit(int exitCode) {
        code = exitCode;
        System.exit(exitCode);
    }

    /** Waits for the signal that ends the program. */
    void await() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
