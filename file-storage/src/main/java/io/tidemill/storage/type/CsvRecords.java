package io.tidemill.storage.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads text as RFC 4180 records, strictly: it is only asked whether that is what the text is. */
final class CsvRecords {
    private static final int MAX_RECORDS = 200;

    private final String text;
    private final char separator;
    private final List<List<String>> records = new ArrayList<>();
    private List<String> fields = new ArrayList<>();
    private int at;

    private CsvRecords(String text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    /**
     * The first records, without one that the end of the head may have cut; empty when a quote
     * stands where none may, or is never closed.
     */
    static Optional<List<List<String>>> read(Text text, char separator) {
        CsvRecords reader = new CsvRecords(relevant(text), separator);
        boolean legal = true;
        while (legal && reader.at < reader.text.length() && reader.records.size() < MAX_RECORDS) {
            legal = reader.field();
        }
        boolean toTheEnd = reader.at >= reader.text.length();
        if (legal && toTheEnd && text.whole()) {
            reader.lastRecord();
        }
        boolean cutInQuotes = toTheEnd && !text.whole();
        return legal || cutInQuotes ? Optional.of(reader.records) : Optional.empty();
    }

    /** Without blank lines at the end of the content. */
    private static String relevant(Text text) {
        String characters = text.characters();
        int end = characters.length();
        while (text.whole() && end > 0 && isLineBreak(characters.charAt(end - 1))) {
            end--;
        }
        return characters.substring(0, end);
    }

    private static boolean isLineBreak(char c) {
        return c == '\r' || c == '\n';
    }

    /** The record that ends with the content. */
    private void lastRecord() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) == separator) {
            fields.add("");
        }
        if (!fields.isEmpty()) {
            records.add(fields);
        }
    }

    private boolean field() {
        boolean quoted = text.charAt(at) == '"';
        int end = quoted ? endOfQuoted() : endOfPlain();
        if (end < 0) {
            return false;
        }
        String field = text.substring(at, end);
        if (!quoted && field.indexOf('"') >= 0) {
            return false;
        }
        fields.add(field);
        at = end;
        return separatorOrLineBreak();
    }

    private boolean separatorOrLineBreak() {
        if (at == text.length()) {
            return true;
        }
        char c = text.charAt(at);
        if (c == separator) {
            at++;
            return true;
        }
        at += text.startsWith("\r\n", at) ? 2 : 1;
        records.add(fields);
        fields = new ArrayList<>();
        return isLineBreak(c);
    }

    private int endOfPlain() {
        int end = at;
        while (end < text.length() && !isLineBreak(text.charAt(end))) {
            if (text.charAt(end) == separator) {
                return end;
            }
            end++;
        }
        return end;
    }

    /**
     * Past the closing quote; two quotes stand for one. Negative, and at the end, when not closed.
     */
    private int endOfQuoted() {
        int quote = text.indexOf('"', at + 1);
        while (quote >= 0 && text.startsWith("\"", quote + 1)) {
            quote = text.indexOf('"', quote + 2);
        }
        if (quote < 0) {
            at = text.length();
            return -1;
        }
        return quote + 1;
    }
}
