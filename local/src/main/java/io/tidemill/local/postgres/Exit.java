package io.tidemill.local.postgres;

/** Waits for short programs. */
final class Exit {
    private Exit() {}

    /** The exit code. */
    static int of(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return -1;
        }
    }
}
