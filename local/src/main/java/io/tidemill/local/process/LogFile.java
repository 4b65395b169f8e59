package io.tidemill.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps what a process prints: at most {@value #MAX_BYTES} bytes, and as much from before in a
 * second file {@code .1}. Notices the line by which a program says that it is ready.
 */
final class LogFile {
    static final long MAX_BYTES = 8 << 20;

    private static final String READY = "ready";

    private final Path path;
    private final StringBuilder line = new StringBuilder();
    private volatile boolean ready;

    LogFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Whether a line began with {@value #READY}. */
    boolean saysReady() {
        return ready;
    }

    /** Copies until the stream ends. */
    void fill(InputStream printed) {
        byte[] buffer = new byte[8 << 10];
        try (printed) {
            for (int n = printed.read(buffer); n >= 0; n = printed.read(buffer)) {
                note(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                append(buffer, n);
            }
        } catch (IOException e) {
            // the process is gone, and its pipe with it
        }
    }

    private void append(byte[] bytes, int count) {
        try {
            rotateWhenFull();
            try (OutputStream out =
                    Files.newOutputStream(
                            path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(bytes, 0, count);
            }
        } catch (IOException e) {
            // a full disk must not stop the process, which would block on a pipe nobody reads
        }
    }

    private void rotateWhenFull() throws IOException {
        if (Files.exists(path) && Files.size(path) > MAX_BYTES) {
            moveAside();
        }
    }

    /** Begins an empty log; what was there is kept beside it. */
    void moveAside() {
        try {
            if (Files.exists(path)) {
                Path old = path.resolveSibling(path.getFileName() + ".1");
                Files.move(path, old, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                endLine();
            } else if (line.length() < READY.length()) {
                line.append(c);
            }
        }
    }

    private void endLine() {
        ready |= line.toString().equals(READY);
        line.setLength(0);
    }
}
