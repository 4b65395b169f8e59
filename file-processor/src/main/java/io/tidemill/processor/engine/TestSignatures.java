package io.tidemill.processor.engine;

import io.tidemill.processor.operation.BytesDone;
import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Recognises the EICAR anti-malware test file anywhere in a file, by comparing bytes. It lets one
 * try the way of an infected file without a scanner; it protects from nothing.
 */
public final class TestSignatures {
    public static final String VERSION = "1";
    public static final String EICAR = "Eicar-Test-Signature";

    private static final int CHUNK = 64 * 1024;

    /** In pieces, and joined at run time only, lest scanners take this program for a test file. */
    private static final byte[] PATTERN =
            String.join(
                            "",
                            List.of(
                                    "X5O!P%@AP[4\\PZX54(P^)7CC)7}$",
                                    "EICAR-STANDARD-ANTI", "VIRUS-TEST-FILE!$H+H*"))
                    .getBytes(StandardCharsets.US_ASCII);

    private TestSignatures() {}

    /** The name of what was found; reads the file as a stream and tells how far. */
    public static Optional<String> find(Path file, Progress progress) throws IOException {
        BytesDone done = new BytesDone(progress, Files.size(file));
        byte[] window = new byte[PATTERN.length - 1 + CHUNK];
        int kept = 0;
        try (InputStream input = Files.newInputStream(file)) {
            for (int n = input.read(window, kept, CHUNK);
                    n > 0;
                    n = input.read(window, kept, CHUNK)) {
                done.add(n);
                int length = kept + n;
                if (contains(window, length)) {
                    return Optional.of(EICAR);
                }
                kept = Math.min(length, PATTERN.length - 1);
                System.arraycopy(window, length - kept, window, 0, kept);
            }
        }
        return Optional.empty();
    }

    private static boolean contains(byte[] window, int length) {
        for (int start = 0; start <= length - PATTERN.length; start++) {
            if (matches(window, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] window, int start) {
        for (int i = 0; i < PATTERN.length; i++) {
            if (window[start + i] != PATTERN[i]) {
                return false;
            }
        }
        return true;
    }
}
