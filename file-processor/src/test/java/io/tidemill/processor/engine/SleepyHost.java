package io.tidemill.processor.engine;

import java.io.IOException;

/** Takes a request, starts a process of its own, and never answers. */
public final class SleepyHost {
    private SleepyHost() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (System.in.read() >= 0) {
            new ProcessBuilder("sleep", args[0]).start().waitFor();
        }
    }
}
