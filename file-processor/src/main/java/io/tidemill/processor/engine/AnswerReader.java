package io.tidemill.processor.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads an engine host's lines on a thread of its own, so that waiting for one can be interrupted.
 * The host may have been taken over by the file it reads: a line that is too long or no JSON object
 * counts as its end.
 */
final class AnswerReader {
    private static final int LONGEST_LINE = 1024 * 1024;
    private static final int MOST_UNREAD = 1_000;

    /** What came, if anything. */
    sealed interface Line {}

    record Json(Map<String, Object> object) implements Line {}

    /** Nothing within the time. */
    record None() implements Line {}

    /** Nothing will come any more. */
    record End() implements Line {}

    private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>(MOST_UNREAD);
    private final InputStream source;

    private AnswerReader(InputStream source) {
        this.source = new BufferedInputStream(source);
    }

    static AnswerReader of(InputStream source) {
        AnswerReader reader = new AnswerReader(source);
        Thread.ofPlatform().daemon().name("engine-host-answers").start(reader::readAll);
        return reader;
    }

    Line next(long time, TimeUnit unit) throws InterruptedException {
        Line line = lines.poll(time, unit);
        return line == null ? new None() : line;
    }

    private void readAll() {
        try (source) {
            readLines();
        } catch (IOException | IllegalArgumentException _) {
            // Nothing sensible will follow: the same as its end.
        } finally {
            if (!lines.offer(new End())) {
                lines.clear();
                lines.add(new End());
            }
        }
    }

    private void readLines() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = source.read(); b >= 0; b = source.read()) {
            if (b == '\n') {
                deliver(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (line.size() == LONGEST_LINE) {
                return;
            } else {
                line.write(b);
            }
        }
    }

    private void deliver(String line) {
        if (!lines.offer(new Json(HostLines.object(line)))) {
            throw new IllegalArgumentException("more lines than anybody reads");
        }
    }
}
