package io.tidemill.local.process;

import java.io.IOException;

/** Sends signals that the JDK cannot send. */
final class Signals {
    private Signals() {}

    /** Sends the signal; a process that is gone already is no error. */
    static void send(Command.StopSignal signal, ProcessHandle process) {
        if (signal == Command.StopSignal.TERM) {
            process.destroy();
        } else {
            sendByShell(signal.name(), process.pid());
        }
    }

    private static void sendByShell(String signal, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid + " 2>/dev/null")
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new LaunchException("cannot run sh to signal process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
