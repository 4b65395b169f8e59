package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.lifecycle.TaskLifecycle;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.api.lifecycle.Verdict;
import io.tidemill.api.plan.FileGraph;
import io.tidemill.api.plan.PlannedStep;
import io.tidemill.contract.FileRef;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets the blocked tasks of a file go on, or skips them, once others have ended. */
@ApplicationScoped
class Unblocker {
    private static final String COPY_TASKS =
            """
            insert into task (id, job_id, file_ordinal, file_ref, file_name, step, parent, part, operation, task_queue, owner, priority,
                              state, max_attempts, allowed_attempts, retry_schedule, held, paused)
            select c.id, t.job_id, t.file_ordinal, t.file_ref, t.file_name, t.step, c.parent, c.part, t.operation, t.task_queue,
                   t.owner, t.priority, 'BLOCKED', t.allowed_attempts, t.allowed_attempts, t.retry_schedule, t.held, t.paused
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[]) as c(id, like_id, parent, part)
            join task t on t.id = c.like_id""";

    private final TaskReader reader;
    private final TaskWriter writer;
    private final IdSource ids;

    Unblocker(TaskReader reader, TaskWriter writer, IdSource ids) {
        this.reader = reader;
        this.writer = writer;
        this.ids = ids;
    }

    private record FileKey(UUID jobId, int fileOrdinal) {}

    /** Whether others wait for what has just ended. */
    static boolean isConcerned(Map<UUID, TaskReader.LockedJob> jobs, List<TaskMemory> touched) {
        return touched.stream().anyMatch(task -> isAwaited(jobs, task));
    }

    private static boolean isAwaited(Map<UUID, TaskReader.LockedJob> jobs, TaskMemory task) {
        return task.state.ended() && hasBlocked(jobs.get(task.jobId()));
    }

    /** Writes what follows from the tasks that have just ended, and adds it to the tallies. */
    Uni<Void> advance(
            SqlConnection connection,
            Map<UUID, TaskReader.LockedJob> jobs,
            List<TaskMemory> touched,
            Map<UUID, List<FileRef>> outputs,
            TallyChanges tallies) {
        List<TaskMemory> ended = touched.stream().filter(task -> isAwaited(jobs, task)).toList();
        UUID[] jobIds = ended.stream().map(task -> task.jobId()).distinct().toArray(UUID[]::new);
        return Uni.combine()
                .all()
                .unis(reader.lockFiles(connection, ended), reader.steps(connection, jobIds))
                .asTuple()
                .chain(
                        read ->
                                follow(
                                        connection,
                                        read.getItem1(),
                                        read.getItem2(),
                                        outputs,
                                        tallies));
    }

    private static boolean hasBlocked(TaskReader.@Nullable LockedJob job) {
        return job != null && job.blocked() > 0;
    }

    /** Writes what becomes of the blocked ones among these tasks, which are all of their files. */
    Uni<Void> follow(
            SqlConnection connection,
            Map<UUID, TaskMemory> tasks,
            Map<UUID, List<PlannedStep>> steps,
            Map<UUID, List<FileRef>> outputs,
            TallyChanges tallies) {
        List<FileGraph.Copy> copies = new ArrayList<>();
        filesOf(tasks.values())
                .forEach(
                        (file, ofFile) -> {
                            FileGraph graph =
                                    new FileGraph(
                                            steps.getOrDefault(file.jobId(), List.of()),
                                            nodes(ofFile),
                                            () -> ids.taskOf(file.jobId(), file.fileOrdinal()));
                            FileGraph.Advance advance = graph.advance(outputsOf(ofFile, outputs));
                            copies.addAll(advance.copies());
                            advance.copies().forEach(copy -> remember(copy, tasks, tallies));
                            advance.inputs().forEach((task, input) -> give(tasks, task, input));
                            advance.changes().forEach(change -> change(tasks, change, tallies));
                        });
        List<TaskMemory> changed = tasks.values().stream().filter(task -> task.touched).toList();
        return copy(connection, copies).chain(() -> writer.updateTasks(connection, changed));
    }

    private static Map<FileKey, List<TaskMemory>> filesOf(Collection<TaskMemory> tasks) {
        return tasks.stream()
                .collect(
                        Collectors.groupingBy(
                                task -> new FileKey(task.jobId(), task.place.fileOrdinal())));
    }

    private static Map<UUID, List<FileRef>> outputsOf(
            List<TaskMemory> tasks, Map<UUID, List<FileRef>> outputs) {
        Map<UUID, List<FileRef>> mine = new HashMap<>();
        tasks.stream()
                .filter(task -> outputs.containsKey(task.id))
                .forEach(task -> mine.put(task.id, outputs.getOrDefault(task.id, List.of())));
        return mine;
    }

    private static List<FileGraph.Node> nodes(List<TaskMemory> tasks) {
        return tasks.stream()
                .map(
                        task ->
                                new FileGraph.Node(
                                        task.id,
                                        task.place.step(),
                                        task.place.parent(),
                                        task.place.part(),
                                        standing(task.state),
                                        task.input))
                .toList();
    }

    private static FileGraph.Standing standing(TaskState state) {
        return switch (state) {
            case TaskState.Blocked _ -> FileGraph.Standing.BLOCKED;
            case TaskState.Queued _,
                    TaskState.Dispatched _,
                    TaskState.Taken _,
                    TaskState.Running _,
                    TaskState.Stopping _,
                    TaskState.Retrying _ ->
                    FileGraph.Standing.OPEN;
            case TaskState.Succeeded _ -> FileGraph.Standing.SUCCEEDED;
            case TaskState.Failed _, TaskState.Cancelled _, TaskState.Skipped _ ->
                    FileGraph.Standing.LOST;
        };
    }

    private static void remember(
            FileGraph.Copy copy, Map<UUID, TaskMemory> tasks, TallyChanges tallies) {
        TaskMemory like = tasks.get(copy.like());
        if (like == null) {
            throw new IllegalStateException("a copy of a task that is not there");
        }
        TaskMemory task =
                new TaskMemory(
                        copy.id(),
                        place(copy, like.place),
                        new TaskMemory.Tries(
                                like.tries.allowed(), like.tries.allowed(), like.tries.schedule()),
                        0,
                        new TaskState.Blocked(0));
        tasks.put(copy.id(), task);
        tallies.added(task);
    }

    private static TaskMemory.Place place(FileGraph.Copy copy, TaskMemory.Place like) {
        return new TaskMemory.Place(
                like.jobId(),
                like.fileOrdinal(),
                like.step(),
                copy.parent(),
                copy.part(),
                like.operation());
    }

    /** Kept even while the task has to wait for another step. */
    private static void give(Map<UUID, TaskMemory> tasks, UUID id, FileRef input) {
        TaskMemory task = tasks.get(id);
        if (task == null) {
            throw new IllegalStateException("an input for a task that is not there");
        }
        task.input = input;
        task.touched = true;
    }

    private void change(
            Map<UUID, TaskMemory> tasks, FileGraph.Change change, TallyChanges tallies) {
        TaskMemory task = tasks.get(change.id());
        if (task == null
                || !(TaskLifecycle.apply(task.state, change.signal(), task.tries.max())
                        instanceof Verdict.Moved(TaskState next))) {
            throw new IllegalStateException("a blocked task cannot follow " + change.signal());
        }
        TaskState blocked = task.state;
        task.moveTo(next);
        tallies.moved(task, blocked);
        task.input = change.input();
        task.failure = change.failure();
    }

    private static Uni<Void> copy(SqlConnection connection, List<FileGraph.Copy> copies) {
        Tuple rows =
                Tuple.tuple()
                        .addArrayOfUUID(Sql.uuids(copies, FileGraph.Copy::id))
                        .addArrayOfUUID(Sql.uuids(copies, FileGraph.Copy::like))
                        .addArrayOfUUID(Sql.uuids(copies, FileGraph.Copy::parent))
                        .addArrayOfInteger(Sql.ints(copies, FileGraph.Copy::part));
        return copies.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(COPY_TASKS).execute(rows).replaceWithVoid();
    }
}
