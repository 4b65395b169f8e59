package io.tidemill.processor.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A fenced-in process. Closing it kills its whole group; nothing of it is left afterwards. */
public final class Child implements AutoCloseable {
    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Path NOTHING = Path.of("/dev/null");
    private static final String FIRST_TO_GO_WHEN_MEMORY_IS_SHORT = "800";

    private final Process process;
    private final ProcessGroup group;

    private Child(Process process) {
        this.process = process;
        this.group = new ProcessGroup(process, Isolation.ownGroup());
    }

    /** Starts a child that reads nothing. */
    static Child start(ToolCall call) throws IOException {
        return start(builder(call).redirectInput(NOTHING.toFile()));
    }

    /**
     * Starts a child one talks to over its standard input and output.
     *
     * @throws IOException when the program cannot be started
     */
    public static Child startTalking(ToolCall call) throws IOException {
        return start(builder(call));
    }

    private static Child start(ProcessBuilder builder) throws IOException {
        Child child = new Child(ChildStarter.start(builder));
        child.offerToOomKiller();
        return child;
    }

    private static ProcessBuilder builder(ToolCall call) {
        List<String> command = Isolation.wrap(call.command(), call.limits());
        ProcessBuilder builder = new ProcessBuilder(command).directory(call.folder().toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(cleanEnvironment(call.folder()));
        environment.putAll(call.environment());
        return builder;
    }

    private static Map<String, String> cleanEnvironment(Path folder) {
        return Map.of(
                "PATH",
                "/usr/local/bin:/usr/bin:/bin",
                "LANG",
                "C.UTF-8",
                "HOME",
                folder.toString(),
                "TMPDIR",
                folder.toString());
    }

    public Process process() {
        return process;
    }

    /** Whether it ended by itself in time; looks now and then while it runs. */
    boolean endsWithin(Duration time, Runnable look) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        long left = time.toNanos();
        while (left > NANOS_BETWEEN_LOOKS) {
            if (process.waitFor(NANOS_BETWEEN_LOOKS, TimeUnit.NANOSECONDS)) {
                return true;
            }
            look.run();
            left = deadline - System.nanoTime();
        }
        return process.waitFor(left, TimeUnit.NANOSECONDS);
    }

    /** Kills the process and all it has started, as far as they live, and waits for their end. */
    void clear() {
        group.clear();
    }

    /** {@link #clear}. */
    @Override
    public void close() {
        clear();
    }

    /** Best effort: there is no such file outside Linux, and a quick child may be gone already. */
    private void offerToOomKiller() {
        Path score = Path.of("/proc", Long.toString(process.pid()), "oom_score_adj");
        try {
            Files.writeString(score, FIRST_TO_GO_WHEN_MEMORY_IS_SHORT);
        } catch (IOException _) {
            return;
        }
    }
}
