package io.tidemill.bench.program;

import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.local.process.LaunchException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One running program of a peer: takes orders by lines, ends when this is closed. */
public final class PeerProcess implements AutoCloseable {
    private static final String DONE = "done ";
    private static final int GRACE_SECONDS = 20;

    private final String name;
    private final Path log;
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    /**
     * @param log takes what it says on standard error
     */
    public PeerProcess(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        this.name = name;
        this.log = log;
        File errors = log.toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors));
        builder.environment().putAll(environment);
        process = builder.start();
        orders = process.outputWriter();
        answers = process.inputReader();
    }

    /**
     * Lets it do so many jobs; tells how long it took.
     *
     * @throws LaunchException if it ended instead
     */
    public Duration run(int jobs) throws IOException {
        order(jobs);
        String line = answers.readLine();
        while (line != null && !line.startsWith(DONE)) {
            line = answers.readLine();
        }
        if (line == null) {
            throw endedTooSoon();
        }
        return Duration.ofNanos(Long.parseLong(line.substring(DONE.length())));
    }

    private void order(int jobs) {
        try {
            orders.write("run " + jobs + "\n");
            orders.flush();
        } catch (IOException _) {
            throw endedTooSoon();
        }
    }

    private LaunchException endedTooSoon() {
        return new LaunchException("%s ended too soon; see %s".formatted(name, log));
    }

    public ProcessCost cost() {
        return ProcessCost.of(process.pid());
    }

    /** Returns when it has ended, in good order or not. */
    @Override
    public void close() {
        try {
            orders.close();
        } catch (IOException _) {
            // it has ended already
        }
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
