package io.tidemill.processor.engine.embedded;

import io.tidemill.contract.FailureCode;
import io.tidemill.processor.operation.BytesDone;
import io.tidemill.processor.operation.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads text as UTF-8, or as UTF-16 when it begins with that byte order mark, and never guesses: a
 * wrong guess would spoil text without anybody noticing. Byte order marks are dropped.
 */
final class StrictText {
    private static final int MARK_BYTES = 3;

    private StrictText() {}

    /**
     * The reader throws {@link java.nio.charset.CharacterCodingException} at the first bad byte,
     * and tells how many bytes were read.
     */
    static Reader open(Path file, Progress progress) throws IOException {
        BytesDone done = new BytesDone(progress, Files.size(file));
        BufferedInputStream input =
                new BufferedInputStream(done.reading(Files.newInputStream(file)), 64 * 1024);
        Charset charset = skipMark(input);
        return new InputStreamReader(
                input,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    static RejectedInput rejection() {
        return new RejectedInput(
                FailureCode.INVALID_INPUT.because(
                        "The text is neither UTF-8 nor UTF-16 with a byte order mark; convert it"
                                + " to UTF-8."));
    }

    private static Charset skipMark(InputStream input) throws IOException {
        input.mark(MARK_BYTES);
        int first = input.read();
        int second = input.read();
        int third = input.read();
        input.reset();
        if (first == 0xef && second == 0xbb && third == 0xbf) {
            input.skipNBytes(3);
            return StandardCharsets.UTF_8;
        }
        if (first == 0xff && second == 0xfe) {
            input.skipNBytes(2);
            return StandardCharsets.UTF_16LE;
        }
        if (first == 0xfe && second == 0xff) {
            input.skipNBytes(2);
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }
}
