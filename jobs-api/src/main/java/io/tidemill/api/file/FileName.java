package io.tidemill.api.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name a file is shown under: without folders, control characters and characters that turn the
 * direction of text, at most 255 characters. Never used as a path.
 */
final class FileName {
    static final String UNNAMED = "unnamed";
    private static final int MOST = 255;
    private static final int LONGEST_EXTENSION = 20;
    private static final Pattern EXTENDED =
            Pattern.compile("filename\\*\\s*=\\s*utf-8'[^']*'([^;\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED =
            Pattern.compile("filename\\s*=\\s*\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE =
            Pattern.compile("filename\\s*=\\s*([^;\"\\s]+)", Pattern.CASE_INSENSITIVE);

    private FileName() {}

    /**
     * The cleaned name in a {@code Content-Disposition} field (RFC 6266); {@value #UNNAMED} when
     * there is none.
     */
    static String of(@Nullable String contentDisposition) {
        return contentDisposition == null ? UNNAMED : clean(raw(contentDisposition));
    }

    /** Whether the field names a file at all. */
    static boolean isPresent(@Nullable String contentDisposition) {
        return contentDisposition != null
                && contentDisposition.toLowerCase(Locale.ROOT).contains("filename");
    }

    private static String raw(String field) {
        Matcher extended = EXTENDED.matcher(field);
        if (extended.find()) {
            return percentDecoded(extended.group(1));
        }
        Matcher quoted = QUOTED.matcher(field);
        if (quoted.find()) {
            return utf8(quoted(field, quoted.end()));
        }
        Matcher bare = BARE.matcher(field);
        return bare.find() ? utf8(bare.group(1)) : "";
    }

    /**
     * Up to the closing quote. Read by hand: a pattern recurses, and long names break the stack.
     */
    private static String quoted(String field, int start) {
        StringBuilder text = new StringBuilder();
        for (int i = start; i < field.length() && field.charAt(i) != '"'; i++) {
            boolean escape = field.startsWith("\\\"", i) || field.startsWith("\\\\", i);
            i += escape ? 1 : 0;
            text.append(field.charAt(i));
        }
        return text.toString();
    }

    static String clean(String name) {
        String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String visible =
                base.codePoints()
                        .filter(FileName::isHarmless)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .strip();
        boolean onlyDots = visible.chars().allMatch(c -> c == '.');
        return onlyDots ? UNNAMED : shortened(visible);
    }

    /**
     * Neither control, nor format (which includes the marks that turn text around), nor half a
     * surrogate, nor unassigned.
     */
    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /** Cut in the middle, so that the extension stays; never within a surrogate pair. */
    private static String shortened(String name) {
        if (name.length() <= MOST) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension =
                dot >= 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
        int end = MOST - extension.length();
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end)
                + extension;
    }

    private static String percentDecoded(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = text.charAt(i) == '%' ? hex(text, i + 1) : -1;
            bytes[length++] = value < 0 ? (byte) text.charAt(i) : (byte) value;
            i += value < 0 ? 0 : 2;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        return at + 2 > text.length()
                        || Character.digit(text.charAt(at), 16) < 0
                        || Character.digit(text.charAt(at + 1), 16) < 0
                ? -1
                : Character.digit(text.charAt(at), 16) * 16
                        + Character.digit(text.charAt(at + 1), 16);
    }

    /** Header fields come as ISO 8859-1; many clients put UTF-8 into them. */
    private static String utf8(String text) {
        if (text.chars().anyMatch(c -> c > 0xFF)) {
            return text;
        }
        try {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return text;
        }
    }
}
