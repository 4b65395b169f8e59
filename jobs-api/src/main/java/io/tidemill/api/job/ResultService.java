package io.tidemill.api.job;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.FileResult;
import io.tidemill.api.dto.FileResultList;
import io.tidemill.api.dto.Task;
import io.tidemill.api.dto.TaskList;
import io.tidemill.api.estimate.QueueOutlook;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.pace.QueueOutlooks;
import io.tidemill.api.paging.Cursor;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.TaskView;
import io.tidemill.api.store.TaskViews;
import io.tidemill.api.store.TaskViews.After;
import io.tidemill.api.store.TaskViews.Filter;
import io.tidemill.api.store.Waiter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a job's tasks and, file by file, its results. */
@ApplicationScoped
class ResultService {
    private static final int CHUNK = 50;
    private static final int CURSOR_KEYS = 4;

    private final JobService jobs;
    private final TaskViews tasks;
    private final QueueOutlooks queues;

    ResultService(JobService jobs, TaskViews tasks, QueueOutlooks queues) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.queues = queues;
    }

    Uni<TaskList> tasks(Caller caller, String jobId, TaskQuery query) {
        String list = "tasks " + jobId + ' ' + query.state() + ' ' + query.file();
        After after =
                Cursor.decode(query.cursor(), caller.owner(), list, CURSOR_KEYS)
                        .map(ResultService::after)
                        .orElse(null);
        Filter filter = new Filter(query.state(), query.file(), after, query.limit() + 1);
        return jobs.get(caller, jobId)
                .chain(job -> tasks.page(job.id(), filter).chain(found -> told(job.id(), found)))
                .map(
                        told -> {
                            List<TaskView> found = told.tasks();
                            List<TaskView> page =
                                    found.subList(0, Math.min(query.limit(), found.size()));
                            String next =
                                    found.size() > query.limit()
                                            ? cursor(caller, list, page.getLast())
                                            : null;
                            return new TaskList(page.stream().map(told::task).toList(), next);
                        });
    }

    /** Tasks of a job, and what those that wait are told. */
    private record Told(UUID job, List<TaskView> tasks, Map<UUID, QueueOutlook> queues) {
        Task task(TaskView task) {
            return ResultViews.task(job, task, queues);
        }

        List<FileResult> results() {
            return ResultViews.results(job, tasks, queues);
        }
    }

    private Uni<Told> told(UUID job, List<TaskView> found) {
        List<Waiter> waiters =
                found.stream().flatMap(task -> Stream.ofNullable(task.waiter())).toList();
        return queues.ofTasks(waiters).map(outlooks -> new Told(job, found, outlooks));
    }

    Uni<FileResultList> page(Caller caller, String jobId, int limit, @Nullable String cursor) {
        String list = "results " + jobId;
        int first =
                Cursor.decode(cursor, caller.owner(), list, 1)
                        .map(keys -> fileOrdinal(keys.getFirst()))
                        .orElse(0);
        return jobs.get(caller, jobId)
                .chain(
                        job ->
                                ofFiles(job.id(), first, limit)
                                        .map(
                                                results -> {
                                                    int next = first + limit;
                                                    return new FileResultList(
                                                            results,
                                                            next < job.fileCount()
                                                                    ? new Cursor(
                                                                                    caller.owner(),
                                                                                    list,
                                                                                    List.of(
                                                                                            String
                                                                                                    .valueOf(
                                                                                                            next)))
                                                                            .encode()
                                                                    : null);
                                                }));
    }

    /** All results, a few files at a time and no faster than they are taken. */
    Multi<FileResult> stream(Caller caller, String jobId) {
        return jobs.get(caller, jobId)
                .onItem()
                .transformToMulti(
                        job ->
                                chunks(job)
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                                first -> ofFiles(job.id(), first, CHUNK))
                                        .onItem()
                                        .<FileResult>disjoint());
    }

    /** All results of a job with few files. */
    Uni<List<FileResult>> all(JobSnapshot job) {
        return ofFiles(job.id(), 0, job.fileCount());
    }

    private static Multi<Integer> chunks(JobSnapshot job) {
        int chunks = (job.fileCount() + CHUNK - 1) / CHUNK;
        return Multi.createFrom()
                .iterable(IntStream.range(0, chunks).map(chunk -> chunk * CHUNK).boxed().toList());
    }

    private Uni<List<FileResult>> ofFiles(UUID job, int first, int files) {
        return tasks.ofFiles(job, first, files).chain(found -> told(job, found)).map(Told::results);
    }

    private static After after(List<String> keys) {
        return new After(
                fileOrdinal(keys.get(0)),
                Cursor.number(keys.get(1), Short.MAX_VALUE),
                Cursor.number(keys.get(2), Integer.MAX_VALUE),
                Cursor.uuid(keys.get(3)));
    }

    private static int fileOrdinal(String key) {
        return Cursor.number(key, IdSource.MOST_FILES - 1);
    }

    private static String cursor(Caller caller, String list, TaskView last) {
        List<String> keys =
                List.of(
                        String.valueOf(last.fileOrdinal()),
                        String.valueOf(last.step()),
                        String.valueOf(last.part()),
                        last.id().toString());
        return new Cursor(caller.owner(), list, keys).encode();
    }
}
