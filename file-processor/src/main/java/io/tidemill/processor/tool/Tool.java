package io.tidemill.processor.tool;

import java.io.IOException;
import java.time.Duration;

/** Runs a program to its end, fenced in. */
public final class Tool {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Runnable NOTHING = () -> {};

    private Tool() {}

    /**
     * Runs it. When this returns or throws, neither the program nor anything it has started lives.
     *
     * @throws IOException when it cannot be started
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static ToolResult run(ToolCall call) throws IOException, InterruptedException {
        return run(call, NOTHING);
    }

    /**
     * The same, with a look now and then at how far it is.
     *
     * @param look called a few times a second while it runs, by the calling thread; quick, never
     *     throws
     */
    public static ToolResult run(ToolCall call, Runnable look)
            throws IOException, InterruptedException {
        try (Child child = Child.start(call)) {
            BoundedOutput stdout = BoundedOutput.of(child.process().getInputStream());
            BoundedOutput stderr = BoundedOutput.of(child.process().getErrorStream());
            boolean ended = child.endsWithin(call.limits().wallClock(), look);
            child.clear();
            stdout.awaitEnd(PATIENCE);
            stderr.awaitEnd(PATIENCE);
            int exitCode = child.process().exitValue();
            return new ToolResult(exitCode, !ended, stdout.text(), stderr.text());
        }
    }
}
