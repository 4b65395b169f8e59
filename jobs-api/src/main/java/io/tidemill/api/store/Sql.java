package io.tidemill.api.store;

import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.lifecycle.TaskState;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Small conversions between rows and values that the stores share. */
final class Sql {
    private Sql() {}

    static <T> UUID[] uuids(List<T> items, Function<T, @Nullable UUID> of) {
        return items.stream().map(of).toArray(UUID[]::new);
    }

    static <T> String[] texts(List<T> items, Function<T, @Nullable String> of) {
        return items.stream().map(of).toArray(String[]::new);
    }

    static <T> Integer[] ints(List<T> items, Function<T, @Nullable Integer> of) {
        return items.stream().map(of).toArray(Integer[]::new);
    }

    static <T> Long[] longs(List<T> items, Function<T, @Nullable Long> of) {
        return items.stream().map(of).toArray(Long[]::new);
    }

    static <T> Boolean[] booleans(List<T> items, Function<T, Boolean> of) {
        return items.stream().map(of).toArray(Boolean[]::new);
    }

    static List<Integer> integers(Short[] numbers) {
        return Arrays.stream(numbers).map(Short::intValue).toList();
    }

    static Tally tally(Row row) {
        return new Tally(
                row.getInteger("blocked"),
                row.getInteger("queued"),
                row.getInteger("running"),
                row.getInteger("retrying"),
                row.getInteger("succeeded"),
                row.getInteger("failed"),
                row.getInteger("cancelled"),
                row.getInteger("skipped"));
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime offset(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** The name a state has in the column {@code task.state}. */
    static String name(TaskState state) {
        return switch (state) {
            case TaskState.Blocked _ -> "BLOCKED";
            case TaskState.Queued _ -> "QUEUED";
            case TaskState.Dispatched _, TaskState.Taken _ -> "DISPATCHED";
            case TaskState.Running _, TaskState.Stopping _ -> "RUNNING";
            case TaskState.Retrying _ -> "RETRYING";
            case TaskState.Succeeded _ -> "SUCCEEDED";
            case TaskState.Failed _ -> "FAILED";
            case TaskState.Cancelled _ -> "CANCELLED";
            case TaskState.Skipped _ -> "SKIPPED";
        };
    }

    /** The number in the column {@code task.attempt}; ended tasks keep theirs. */
    static int attempt(TaskState state, int before) {
        return switch (state) {
            case TaskState.Blocked(int attempts) -> attempts;
            case TaskState.Queued(int attempts) -> attempts;
            case TaskState.Retrying(int attempts) -> attempts;
            case TaskState.Dispatched(int attempt) -> attempt;
            case TaskState.Taken(int attempt, String _) -> attempt;
            case TaskState.Running(int attempt, String _) -> attempt;
            case TaskState.Stopping(int attempt, String _) -> attempt;
            case TaskState.Succeeded _,
                    TaskState.Failed _,
                    TaskState.Cancelled _,
                    TaskState.Skipped _ ->
                    before;
        };
    }

    static @Nullable UUID execution(TaskState state) {
        return switch (state) {
            case TaskState.Taken(int _, String execution) -> UUID.fromString(execution);
            case TaskState.Running(int _, String execution) -> UUID.fromString(execution);
            case TaskState.Stopping(int _, String execution) -> UUID.fromString(execution);
            case TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Dispatched _,
                    TaskState.Retrying _,
                    TaskState.Succeeded _,
                    TaskState.Failed _,
                    TaskState.Cancelled _,
                    TaskState.Skipped _ ->
                    null;
        };
    }

    static TaskState state(String name, int attempt, @Nullable UUID execution, boolean stopping) {
        return switch (name) {
            case "BLOCKED" -> new TaskState.Blocked(attempt);
            case "QUEUED" -> new TaskState.Queued(attempt);
            case "DISPATCHED" ->
                    execution == null
                            ? new TaskState.Dispatched(attempt)
                            : new TaskState.Taken(attempt, execution.toString());
            case "RUNNING" ->
                    stopping
                            ? new TaskState.Stopping(attempt, String.valueOf(execution))
                            : new TaskState.Running(attempt, String.valueOf(execution));
            case "RETRYING" -> new TaskState.Retrying(attempt);
            case "SUCCEEDED" -> new TaskState.Succeeded();
            case "FAILED" -> new TaskState.Failed();
            case "CANCELLED" -> new TaskState.Cancelled();
            case "SKIPPED" -> new TaskState.Skipped();
            default ->
                    throw new IllegalStateException("unknown task state in the database: " + name);
        };
    }

    /** Labels as they are kept, each {@code name:value}. */
    static String[] labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + ":" + label.getValue())
                .toArray(String[]::new);
    }
}
