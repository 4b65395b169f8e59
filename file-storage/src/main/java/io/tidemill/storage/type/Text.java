package io.tidemill.storage.type;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The head of some content, read as text.
 *
 * @param whole whether the content ends where these characters end
 */
record Text(String characters, boolean whole) {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** The text, or null when the content is none. UTF-16 needs its byte order mark. */
    static @Nullable Text decode(Head head) {
        for (Charset charset : candidates(head)) {
            String decoded = decode(head, charset);
            if (decoded != null && decoded.chars().noneMatch(Text::isControl)) {
                return new Text(withoutMark(decoded), head.isWhole());
            }
        }
        return isLegacyText(head) ? new Text(head.latin1(0, head.length()), head.isWhole()) : null;
    }

    private static Charset[] candidates(Head head) {
        boolean utf16 = head.at(0, "\u00ff\u00fe") || head.at(0, "\u00fe\u00ff");
        return new Charset[] {utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8};
    }

    /** Strict, but a character cut by the end of the head is no fault. */
    private static @Nullable String decode(Head head, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer characters = CharBuffer.allocate(head.length() + 1);
        try {
            CoderResult result = decoder.decode(head.buffer(), characters, head.isWhole());
            if (result.isError()) {
                result.throwException();
            }
            return characters.flip().toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    private static String withoutMark(String text) {
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return marked ? text.substring(1) : text;
    }

    /** Bytes below space other than tab, line breaks, form feed and escape are in no text. */
    private static boolean isControl(int c) {
        return (c < ' ' && (c < '\t' || c > '\r') && c != 0x1b) || c == 0x7f;
    }

    /** One of the old 8-bit character sets: no control characters, mostly ASCII. */
    private static boolean isLegacyText(Head head) {
        String bytes = head.latin1(0, head.length());
        long high = bytes.chars().filter(c -> c >= 0x80).count();
        return high * 3 <= head.length() && bytes.chars().noneMatch(Text::isLegacyControl);
    }

    /** Includes the five bytes that Windows-1252 leaves undefined. */
    private static boolean isLegacyControl(int c) {
        return isControl(c) || c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d;
    }
}
