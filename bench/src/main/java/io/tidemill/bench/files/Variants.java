package io.tidemill.bench.files;

import io.tidemill.local.process.LaunchException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The same picture or document in other bytes, since equal bytes are stored only once. */
final class Variants {
    private static final int MARK = 0xff;
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int COMMENT = 0xfe;
    private static final int LENGTH_BYTES = 2;

    private Variants() {}

    /**
     * A JPEG gets a comment before its end, anything else a line after it, which readers of PDF,
     * PNG and TIFF pass over.
     *
     * @param number another one makes another variant
     * @throws LaunchException if it is a JPEG without an end
     */
    static byte[] of(byte[] content, int number) {
        byte[] comment = "%% variant %04d".formatted(number).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream variant = new ByteArrayOutputStream();
        if (content.length > 1 && isMark(content, 0, START)) {
            int end = end(content);
            variant.write(content, 0, end);
            variant.write(MARK);
            variant.write(COMMENT);
            variant.write(0);
            variant.write(LENGTH_BYTES + comment.length);
            variant.writeBytes(comment);
            variant.writeBytes(Arrays.copyOfRange(content, end, content.length));
        } else {
            variant.writeBytes(content);
            variant.write('\n');
            variant.writeBytes(comment);
            variant.write('\n');
        }
        return variant.toByteArray();
    }

    private static int end(byte[] jpeg) {
        for (int i = jpeg.length - 2; i > 0; i--) {
            if (isMark(jpeg, i, END)) {
                return i;
            }
        }
        throw new LaunchException("a JPEG to be measured has no end");
    }

    private static boolean isMark(byte[] content, int place, int mark) {
        return (content[place] & MARK) == MARK && (content[place + 1] & MARK) == mark;
    }
}
