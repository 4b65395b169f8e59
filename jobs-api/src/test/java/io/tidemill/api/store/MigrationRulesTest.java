package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Migrations that were released never change, and those that follow leave the previous release what
 * it uses. Where one must take something away, a line of it says since when nobody uses it.
 */
class MigrationRulesTest {
    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");
    private static final Path RELEASED =
            Path.of("src", "test", "resources", "previous", "migrations.txt");

    private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
    private static final Pattern REASON =
            Pattern.compile("(?m)^-- unused since \\d+\\.\\d+\\.\\d+: .+");
    private static final Pattern TAKES_AWAY =
            Pattern.compile(
                    "\\bdrop\\s+(?!index\\b)|\\brename\\b|\\balter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b"
                            + "|\\bset\\s+not\\s+null\\b|\\btruncate\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern DEMANDS =
            Pattern.compile(
                    "\\badd\\s+(column\\s+)?(?!constraint|primary|check|unique|foreign)(?<definition>[^,;]*\\bnot\\s+null\\b[^,;]*)",
                    Pattern.CASE_INSENSITIVE);

    @Test
    void whatWasReleasedDoesNotChange() throws IOException {
        Map<String, String> current = digests();
        if (Boolean.getBoolean("snapshot.write")) {
            Files.createDirectories(RELEASED.getParent());
            Files.write(
                    RELEASED,
                    current.entrySet().stream()
                            .map(one -> one.getValue() + "  " + one.getKey())
                            .toList());
        }
        Map<String, String> released = released();
        assertFalse(released.isEmpty());
        current.keySet().retainAll(released.keySet());
        assertEquals(released, current);
    }

    @Test
    void migrationsThatFollowComeAfterThoseThatWereReleased() throws IOException {
        int last =
                released().keySet().stream().mapToInt(MigrationRulesTest::version).max().orElse(0);
        followers().keySet().forEach(name -> assertTrue(version(name) > last, name));
    }

    @Test
    void migrationsThatFollowLeaveThePreviousReleaseWhatItUses() throws IOException {
        followers().forEach((name, sql) -> assertEquals(List.of(), complaints(sql), name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table job drop column labels;",
                "drop table worker;",
                "alter table job rename labels to tags;",
                "alter table job rename to work;",
                "alter table job alter column priority type integer;",
                "alter table job alter priority type integer;",
                "alter table job alter traceparent set not null;",
                "alter table job add column colour text not null;",
                "alter table job add colour text default '' , add shade text not null;",
                "truncate worker;"
            })
    void whatWouldBreakThePreviousReleaseIsFound(String sql) {
        assertFalse(complaints(sql).isEmpty());
        assertEquals(List.of(), complaints("-- unused since 1.2.0: nobody asked for it\n" + sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a text not null); -- then we may drop column b",
                "alter table job add colour text;",
                "alter table job add colour text not null default 'red';",
                "drop index job_by_label; create index job_by_label on job using gin (labels);",
                "alter table job add constraint c check (colour is not null);"
            })
    void whatOnlyAddsIsFine(String sql) {
        assertEquals(List.of(), complaints(sql));
    }

    private static List<String> complaints(String sql) {
        if (REASON.matcher(sql).find()) {
            return List.of();
        }
        String code = COMMENT.matcher(sql).replaceAll("");
        return Stream.concat(
                        TAKES_AWAY.matcher(code).results().map(found -> found.group()),
                        DEMANDS.matcher(code)
                                .results()
                                .map(found -> found.group("definition"))
                                .filter(text -> !text.contains("default")))
                .map(
                        found ->
                                found
                                        + ": add in one release, stop using in the next, take away in the one after (docs/upgrading.md)")
                .toList();
    }

    private static int version(String name) {
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    /** Migrations that are not released yet. */
    private static Map<String, String> followers() throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (Path file : migrations()) {
            found.put(file.getFileName().toString(), Files.readString(file));
        }
        found.keySet().removeAll(released().keySet());
        return found;
    }

    private static Map<String, String> released() throws IOException {
        return Files.readAllLines(RELEASED).stream()
                .map(line -> line.split("  ", 2))
                .collect(
                        Collectors.toMap(
                                line -> line[1], line -> line[0], (a, _) -> a, TreeMap::new));
    }

    private static Map<String, String> digests() throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (Path file : migrations()) {
            found.put(file.getFileName().toString(), digest(Files.readAllBytes(file)));
        }
        return found;
    }

    private static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.toList();
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
