package io.tidemill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Shows how far the jobs are: on one line that is written over, or now and then in a log. */
final class ProgressLine {
    private static final int LOG_STEP = 25;
    private static final int BAR = 20;

    private final PrintStream out;
    private final boolean terminal;
    private int lastLogged = -1;

    private ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static ProgressLine on(PrintStream out) {
        return new ProgressLine(
                out, Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
    }

    void show(List<JsonNode> jobs) {
        int total = count(jobs, "total");
        int done = count(jobs, "succeeded") + count(jobs, "failed") + count(jobs, "skipped");
        int percent = total == 0 ? 0 : 100 * done / total;
        String line = text(percent, done, total, count(jobs, "running"));
        if (terminal) {
            out.print("\r" + line);
            out.flush();
        } else if (percent / LOG_STEP > lastLogged) {
            lastLogged = percent / LOG_STEP;
            out.println(line);
        }
    }

    void end() {
        if (terminal) {
            out.println();
        }
    }

    static String text(int percent, int done, int total, int running) {
        int filled = BAR * percent / 100;
        return "[%s%s] %3d %%  %d of %d tasks done, %d running "
                .formatted(
                        "#".repeat(filled),
                        ".".repeat(BAR - filled),
                        percent,
                        done,
                        total,
                        running);
    }

    private static int count(List<JsonNode> jobs, String state) {
        return jobs.stream().mapToInt(job -> job.path("counts").path(state).asInt()).sum();
    }
}
