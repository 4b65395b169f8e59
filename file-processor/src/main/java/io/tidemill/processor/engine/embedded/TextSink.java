package io.tidemill.processor.engine.embedded;

import io.tidemill.contract.FailureCode;
import io.tidemill.processor.operation.TextFigures;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Writes text as UTF-8, counts it, and stops where a limit is passed. */
final class TextSink extends Writer {
    private final Writer out;
    private final long maxCharacters;
    private final TextFigures figures = new TextFigures();
    private long written;

    TextSink(Path file, long maxCharacters) throws IOException {
        this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        this.maxCharacters = maxCharacters;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        written += length;
        if (written > maxCharacters) {
            throw new RejectedInput(
                    FailureCode.LIMIT_EXCEEDED.because(
                            "The file holds more text than %d characters."
                                    .formatted(maxCharacters)));
        }
        out.write(text, offset, length);
        figures.count(text, offset, length);
    }

    /** Characters, words and what else there is to tell. */
    Map<String, Object> figures(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(figures.asMap());
        all.putAll(more);
        return all;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
