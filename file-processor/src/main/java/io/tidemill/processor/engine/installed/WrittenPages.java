package io.tidemill.processor.engine.installed;

import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.IntSupplier;

/**
 * Tells how many pages a program has done, by a mark that it writes for each page into a file that
 * grows. Each look reads only what is new, so all of them together read the file once.
 */
final class WrittenPages {
    private static final int CHUNK = 16 * 1024;

    private final Path file;
    private final byte[] mark;
    private final IntSupplier pages;
    private final Progress progress;
    private boolean asked;
    private int total;
    private long read;
    private int matched;
    private int written;

    /**
     * @param mark ASCII; its first character comes only once in it
     * @param pages of the whole document; asked at the first look, once, and 0 when nobody knows
     */
    WrittenPages(Path file, String mark, IntSupplier pages, Progress progress) {
        this.file = file;
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
        this.pages = pages;
        this.progress = progress;
    }

    /** Best effort: there may be no such file yet, and the program's end tells what is wrong. */
    void look() {
        try {
            readOn();
        } catch (IOException _) {
            return;
        }
        if (!asked) {
            asked = true;
            total = pages.getAsInt();
            tell(1);
        }
        tell(written + 1);
    }

    private void tell(int page) {
        if (total > 0) {
            progress.begun("page", Math.min(page, total), total);
        }
    }

    private void readOn() throws IOException {
        BasicFileAttributes now =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!now.isRegularFile() || now.size() <= read) {
            return;
        }
        byte[] buffer = new byte[CHUNK];
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            input.skipNBytes(read);
            for (int n = input.read(buffer); n > 0; n = input.read(buffer)) {
                count(buffer, n);
                read += n;
            }
        }
    }

    private void count(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != mark[matched]) {
                matched = 0;
            }
            if (bytes[i] == mark[matched] && ++matched == mark.length) {
                written++;
                matched = 0;
            }
        }
    }
}
