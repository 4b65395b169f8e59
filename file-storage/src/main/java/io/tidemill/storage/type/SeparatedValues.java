package io.tidemill.storage.type;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tells CSV (RFC 4180, also with semicolons or tabs) from prose, which has commas too. At least two
 * records, all with the same two or more fields, none blank; and the separators must look like
 * separators: prose has a space after each comma, a table mostly has not. A table that does have
 * them is recognised by a column of numbers.
 */
final class SeparatedValues {
    private static final char[] SEPARATORS = {',', ';', '\t'};

    private SeparatedValues() {}

    static boolean matches(Text text) {
        for (char separator : SEPARATORS) {
            Optional<List<List<String>>> records = CsvRecords.read(text, separator);
            if (records.isPresent() && isTable(records.get())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTable(List<List<String>> records) {
        if (records.size() < 2) {
            return false;
        }
        int columns = records.getFirst().size();
        boolean even = records.stream().allMatch(record -> record.size() == columns);
        return columns >= 2 && even && (isTight(records) || hasNumberColumn(records));
    }

    /** Whether in most records some separator is followed by neither a space nor the line's end. */
    private static boolean isTight(List<List<String>> records) {
        long tight = records.stream().filter(SeparatedValues::hasTightField).count();
        return tight * 2 > records.size();
    }

    private static boolean hasTightField(List<String> record) {
        return IntStream.range(1, record.size()).anyMatch(i -> isTight(record, i));
    }

    /** An empty field counts where another separator follows: prose does not write two commas. */
    private static boolean isTight(List<String> record, int i) {
        String field = record.get(i);
        return field.isEmpty() ? i < record.size() - 1 : !Character.isWhitespace(field.charAt(0));
    }

    private static boolean hasNumberColumn(List<List<String>> records) {
        List<List<String>> rows = records.subList(1, records.size());
        return IntStream.range(0, rows.getFirst().size())
                .anyMatch(column -> rows.stream().allMatch(row -> isNumber(row.get(column))));
    }

    private static boolean isNumber(String field) {
        return field.strip().matches("[+-]?\\d+(?:[.,]\\d+)?");
    }
}
