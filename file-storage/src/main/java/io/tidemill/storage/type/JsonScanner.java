package io.tidemill.storage.type;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks over JSON text without building anything and without recursion, so that depth costs a bit a
 * level and no stack.
 */
final class JsonScanner {
    /** How a value ended: properly, with the text, or not as JSON. */
    enum Ending {
        COMPLETE,
        CUT,
        WRONG
    }

    private enum Expected {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END
    }

    private static final String ESCAPES = "\"\\/bfnrtu";
    private static final Pattern SCALAR =
            Pattern.compile("true|false|null|-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");
    private static final Pattern WORD = Pattern.compile("[\\w.+-]++");

    private final String text;
    private final Matcher words;

    /** For each open level, whether it is an object. */
    private final BitSet objects = new BitSet();

    private int depth;
    private int at;
    private Expected expected = Expected.VALUE;

    JsonScanner(String text) {
        this.text = text;
        this.words = WORD.matcher(text);
    }

    /** Whether anything follows the blanks. */
    boolean skipBlank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length();
    }

    boolean atContainer() {
        return text.charAt(at) == '{' || text.charAt(at) == '[';
    }

    boolean afterLineBreak() {
        return text.charAt(at - 1) == '\n';
    }

    /** Walks over the object or array that begins here. */
    Ending container() {
        expected = Expected.VALUE;
        do {
            boolean legal = token(text.charAt(at));
            if (!legal) {
                return at == text.length() ? Ending.CUT : Ending.WRONG;
            }
            if (depth == 0) {
                return Ending.COMPLETE;
            }
        } while (skipBlank());
        return Ending.CUT;
    }

    /** Walks over one token; false when it is not legal here or, at the end, not complete. */
    private boolean token(char c) {
        return switch (expected) {
            case VALUE -> value(c);
            case VALUE_OR_END -> c == ']' ? close() : value(c);
            case NAME -> name(c);
            case NAME_OR_END -> c == '}' ? close() : name(c);
            case COLON -> c == ':' && then(Expected.VALUE);
            case COMMA_OR_END -> commaOrEnd(c);
        };
    }

    private boolean commaOrEnd(char c) {
        boolean object = objects.get(depth);
        if (c == ',') {
            return then(object ? Expected.NAME : Expected.VALUE);
        }
        return c == (object ? '}' : ']') && close();
    }

    private boolean name(char c) {
        if (c != '"' || !string()) {
            return false;
        }
        expected = Expected.COLON;
        return true;
    }

    private boolean value(char c) {
        if (c == '{' || c == '[') {
            objects.set(++depth, c == '{');
            return then(c == '{' ? Expected.NAME_OR_END : Expected.VALUE_OR_END);
        }
        expected = Expected.COMMA_OR_END;
        return c == '"' ? string() : scalar();
    }

    private boolean close() {
        depth--;
        return then(Expected.COMMA_OR_END);
    }

    private boolean then(Expected next) {
        at++;
        expected = next;
        return true;
    }

    private boolean string() {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            boolean escape = text.charAt(i) == '\\';
            boolean illegal =
                    text.charAt(i) < ' '
                            || (escape
                                    && i + 1 < text.length()
                                    && ESCAPES.indexOf(text.charAt(i + 1)) < 0);
            if (illegal) {
                return false;
            }
            i += escape ? 2 : 1;
        }
        at = Math.min(i + 1, text.length());
        return i < text.length();
    }

    private boolean scalar() {
        if (!words.region(at, text.length()).lookingAt()) {
            return false;
        }
        if (words.end() == text.length() || SCALAR.matcher(words.group()).matches()) {
            at = words.end();
            return true;
        }
        return false;
    }
}
