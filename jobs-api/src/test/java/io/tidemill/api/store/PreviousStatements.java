package io.tidemill.api.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every statement of the previous release, with the types of its values and of what it answers. Is
 * kept in a file that {@code ./tidemill snapshot} writes.
 */
record PreviousStatements(List<Entry> entries) {
    private static final Path FILE =
            Path.of("src", "test", "resources", "previous", "statements.txt");
    private static final int START = 40;
    private static final Pattern INSERT =
            Pattern.compile("insert\\s+into\\s+(\\w+)\\s*\\(([^)]*)\\)");

    // What must be given a value in every new row.
    private static final String DEMANDED =
            """
            select table_name, column_name from information_schema.columns
            where table_schema = current_schema() and is_nullable = 'NO' and column_default is null
              and is_generated = 'NEVER' and is_identity = 'NO'""";

    private static final String TYPES =
            "select parameter_types::text || ' -> ' || coalesce(result_types::text, '') from pg_prepared_statements where name = 's'";

    /**
     * A statement.
     *
     * @param types of its values and of what it answers, as PostgreSQL names them
     */
    record Entry(String name, String types, String sql) {
        static Entry of(String line) {
            String[] parts = line.split(" : ", 3);
            return new Entry(parts[0], parts[1], parts[2]);
        }

        @Override
        public String toString() {
            return name + " : " + types + " : " + sql;
        }
    }

    static PreviousStatements read() throws IOException {
        return new PreviousStatements(Files.readAllLines(FILE).stream().map(Entry::of).toList());
    }

    /**
     * Those of this release that can be prepared; the others must be pieces of them, by how they
     * start.
     */
    static PreviousStatements ofThisRelease(Connection connection, Map<String, String> statements)
            throws SQLException {
        List<Entry> entries = new ArrayList<>();
        Map<Map.Entry<String, String>, SQLException> pieces = new HashMap<>();
        for (Map.Entry<String, String> one : new TreeMap<>(statements).entrySet()) {
            try {
                String types = types(connection, one.getValue());
                entries.add(new Entry(one.getKey(), types, one.getValue()));
            } catch (SQLException e) {
                pieces.put(one, e);
            }
        }
        for (Map.Entry<Map.Entry<String, String>, SQLException> piece : pieces.entrySet()) {
            String text = piece.getKey().getValue();
            String start = text.substring(0, Math.min(START, text.length()));
            if (entries.stream().noneMatch(whole -> whole.sql().contains(start))) {
                throw new SQLException(
                        piece.getKey().getKey() + " is no whole statement", piece.getValue());
            }
        }
        return new PreviousStatements(entries);
    }

    void write() throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.write(FILE, entries.stream().map(Entry::toString).toList());
    }

    /** What has become of them with the tables as they are now. Leaves no trace. */
    List<String> complaints(Connection connection) throws SQLException {
        Map<String, Set<String>> demanded = demanded(connection);
        List<String> found = new ArrayList<>();
        for (Entry entry : entries) {
            try {
                String now = types(connection, entry.sql());
                if (!now.equals(entry.types())) {
                    found.add(entry.name() + ": was " + entry.types() + ", is " + now);
                }
            } catch (SQLException e) {
                found.add(entry.name() + ": " + e.getMessage());
            }
            found.addAll(left(entry, demanded));
        }
        return found;
    }

    /** Columns that an insert leaves out and that have no default. */
    private static List<String> left(Entry entry, Map<String, Set<String>> demanded) {
        List<String> found = new ArrayList<>();
        for (Matcher insert = INSERT.matcher(entry.sql()); insert.find(); ) {
            Set<String> columns = new HashSet<>(demanded.getOrDefault(insert.group(1), Set.of()));
            columns.removeAll(List.of(insert.group(2).strip().split("\\s*,\\s*", -1)));
            columns.forEach(
                    column ->
                            found.add(
                                    entry.name()
                                            + " gives no value for "
                                            + insert.group(1)
                                            + "."
                                            + column));
        }
        return found;
    }

    private static Map<String, Set<String>> demanded(Connection connection) throws SQLException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DEMANDED)) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getString(1), _ -> new HashSet<>())
                        .add(rows.getString(2));
            }
        }
        return found;
    }

    private static String types(Connection connection, String sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("prepare s as " + sql);
            try (ResultSet rows = statement.executeQuery(TYPES)) {
                rows.next();
                String types = rows.getString(1);
                statement.execute("deallocate s");
                return types;
            }
        } finally {
            connection.rollback(before);
        }
    }
}
