package io.tidemill.faults.system;

import java.io.IOException;

/** Signals to hurt a process with. */
public enum Signal {
    KILL,
    STOP,
    CONT,
    TERM,
    /** PostgreSQL's immediate shutdown: no checkpoint, recovery at the next start. */
    QUIT;

    /** Whether the process was there to be sent it. */
    public boolean send(long pid) {
        try {
            return new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
