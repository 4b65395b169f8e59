package io.tidemill.api.store;

import jakarta.persistence.Column;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Finds the SQL of this release in the constants of the stores. */
final class Statements {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Pattern STATEMENT =
            Pattern.compile("(?s)(\\s|--[^\n]*\n)*(select|insert|update|delete|with)\\b.*");

    private Statements() {}

    /**
     * All constants that begin like a statement, each on one line, by their names; pieces that need
     * something added among them, and what they become by it.
     */
    static Map<String, String> all() throws IOException, ReflectiveOperationException {
        List<Field> fields = fields();
        Map<String, String> found =
                fields.stream()
                        .flatMap(Statements::texts)
                        .filter(text -> STATEMENT.matcher(text.getValue()).matches())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        found.putAll(pieces());
        found.putAll(entity());
        found.replaceAll((_, sql) -> onOneLine(sql));
        return found;
    }

    private static String onOneLine(String sql) {
        return sql.replaceAll("--[^\n]*", "").replaceAll("\\s+", " ").strip();
    }

    private static List<Field> fields() throws IOException, ReflectiveOperationException {
        List<Field> found = new ArrayList<>();
        String root = Statements.class.getPackageName().replace('.', '/');
        try (Stream<Path> files = Files.list(CLASSES.resolve(root))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.equals("package-info.class")) {
                    String type = name.substring(0, name.length() - ".class".length());
                    found.addAll(
                            Arrays.asList(
                                    Class.forName(Statements.class.getPackageName() + "." + type)
                                            .getDeclaredFields()));
                }
            }
        }
        found.removeIf(field -> !Modifier.isStatic(field.getModifiers()));
        return found;
    }

    private static Stream<Map.Entry<String, String>> texts(Field field) {
        String name = field.getDeclaringClass().getSimpleName() + "." + field.getName();
        return switch (value(field)) {
            case String text -> Stream.of(Map.entry(name, text));
            case Iterable<?> several ->
                    StreamSupport.stream(several.spliterator(), false)
                            .filter(String.class::isInstance)
                            .map(text -> Map.entry(name + " " + text.hashCode(), (String) text));
            case null, default -> Stream.empty();
        };
    }

    private static @Nullable Object value(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }

    private static String text(Field field) {
        return String.valueOf(value(field));
    }

    /** What is put together only when it is asked. */
    private static Map<String, String> pieces() throws ReflectiveOperationException {
        String selected = text(TaskPieces.class.getDeclaredField("SELECTED"));
        String end = text(TaskPieces.class.getDeclaredField("PIECE_OF"));
        return Map.of(
                "TaskPieces cancellable",
                selected + TaskPieces.CANCELLABLE + end,
                "TaskPieces withdrawable",
                selected + TaskPieces.WITHDRAWABLE + end,
                "TaskPieces retryable",
                selected + TaskPieces.RETRYABLE + end);
    }

    /** What Hibernate makes of the one entity. */
    private static Map<String, String> entity() {
        List<String> columns =
                Arrays.stream(FileRow.class.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .filter(field -> !field.isSynthetic() && !field.getName().startsWith("$"))
                        .map(Statements::column)
                        .toList();
        String assignments =
                columns.stream()
                        .filter(column -> !column.equals("id"))
                        .map(column -> column + " = $" + (columns.indexOf(column) + 1))
                        .collect(Collectors.joining(", "));
        return Map.of(
                "FileRow read",
                "select " + String.join(", ", columns) + " from file where id = $1 and owner = $2",
                "FileRow write",
                "update file set " + assignments + " where id = $1");
    }

    private static String column(Field field) {
        Column column = field.getAnnotation(Column.class);
        return column == null ? field.getName() : column.name();
    }
}
