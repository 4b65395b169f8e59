package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.failpoint.Failpoint;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.JobWishes;
import io.tidemill.api.lifecycle.PercentDone;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.plan.NewJob;
import io.tidemill.api.plan.PlannedStep;
import io.tidemill.api.plan.PlannedTask;
import io.tidemill.api.plan.TaskPlanner;
import io.tidemill.api.problem.Problems;
import io.tidemill.contract.FileRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a job, its steps and its tasks, with the answer under the idempotency key of the request,
 * all or nothing. Hot statement: set-based.
 */
@ApplicationScoped
public class SubmitStore {
    private final SubmitWriter writer;
    private final IdSource ids;
    private final OperationCosts costs;

    public SubmitStore(SubmitWriter writer, IdSource ids, OperationCosts costs) {
        this.writer = writer;
        this.ids = ids;
        this.costs = costs;
    }

    /** A submission's answer, and whether it was given before. */
    public record Submitted(Answer answer, UUID jobId, boolean replayed) {}

    private record Work(
            NewJob job,
            @Nullable IdempotencyClaim claim,
            Consumer<List<PlannedTask>> check,
            Function<JobSnapshot, Answer> render) {}

    /**
     * Writes the job, or finds the answer given before.
     *
     * @param check looks at the tasks before anything is written and may throw
     * @param render makes the answer from what was written
     */
    public Uni<Submitted> submit(
            NewJob job,
            @Nullable IdempotencyClaim claim,
            Consumer<List<PlannedTask>> check,
            Function<JobSnapshot, Answer> render) {
        Work work = new Work(job, claim, check, render);
        return lookAndWrite(work)
                .onFailure(IdempotencyStore::isTaken)
                .retry()
                .atMost(1)
                .map(given -> submitted(given, job.id()));
    }

    /** Fails when somebody was a moment faster under the same key; the answer is there then. */
    private Uni<Answer> lookAndWrite(Work work) {
        return writer.look(work.job, work.claim)
                .chain(
                        seen ->
                                seen.earlier()
                                        .map(Uni.createFrom()::item)
                                        .orElseGet(() -> write(work, seen.ground())));
    }

    /** An answer about another job was given before. */
    private static Submitted submitted(Answer answer, UUID written) {
        UUID id = jobId(answer);
        return new Submitted(answer, id, !id.equals(written));
    }

    private static UUID jobId(Answer answer) {
        String id = answer.location().substring(answer.location().lastIndexOf('/') + 1);
        return TypeId.JOB.parse(id).orElseThrow();
    }

    /** The answer is known before the job is written, so that all of it is sent at once. */
    private Uni<Answer> write(Work work, SubmitWriter.Ground ground) {
        NewJob job = work.job;
        List<PlannedTask> tasks = plan(job, ground.files());
        work.check.accept(tasks);
        refuse(ground);
        List<StepPlan> steps = steps(job, tasks);
        Answer answer = work.render.apply(snapshot(job, steps, ground));
        Failpoint.reached("submit.planned");
        return writer.write(new SubmitWriter.Written(job, ground, steps, tasks, work.claim, answer))
                .replaceWith(answer);
    }

    private static void refuse(SubmitWriter.Ground ground) {
        if (ground.late()) {
            throw Problems.deadlinePassed();
        }
        if (ground.unknownWebhook()) {
            throw Problems.unknownWebhook();
        }
    }

    private List<PlannedTask> plan(NewJob job, Map<UUID, FileRef> files) {
        TaskPlanner planner = new TaskPlanner(job.steps(), file -> ids.taskOf(job.id(), file));
        List<PlannedTask> tasks = new ArrayList<>(job.files().size() * job.steps().size());
        for (int i = 0; i < job.files().size(); i++) {
            String ref = job.files().get(i);
            tasks.addAll(
                    planner.tasksOf(i, ref, TypeId.FILE.parse(ref).map(files::get).orElse(null)));
        }
        return tasks;
    }

    private List<StepPlan> steps(NewJob job, List<PlannedTask> tasks) {
        Map<Integer, List<PlannedTask>> byStep =
                tasks.stream().collect(Collectors.groupingBy(task -> task.step().ordinal()));
        return job.steps().stream()
                .map(step -> step(step, byStep.getOrDefault(step.ordinal(), List.of())))
                .toList();
    }

    private StepPlan step(PlannedStep step, List<PlannedTask> tasks) {
        Tally tally = Tally.ZERO;
        for (PlannedTask task : tasks) {
            tally = tally.plus(task.state(), 1);
        }
        Long bytes = meanInput(tasks);
        return new StepPlan(
                new PercentDone.Work(costs.weight(step.operation(), bytes), tally, 0), bytes);
    }

    /** Null where none is known: they are made by earlier steps. */
    private static @Nullable Long meanInput(List<PlannedTask> tasks) {
        OptionalDouble mean =
                tasks.stream()
                        .map(PlannedTask::input)
                        .filter(Objects::nonNull)
                        .mapToLong(FileRef::size)
                        .average();
        return mean.isPresent() ? Math.round(mean.getAsDouble()) : null;
    }

    private static JobSnapshot snapshot(
            NewJob job, List<StepPlan> plans, SubmitWriter.Ground ground) {
        List<JobSnapshot.StepSnapshot> steps =
                job.steps().stream()
                        .map(step -> snapshot(step, plans.get(step.ordinal())))
                        .toList();
        return new JobSnapshot(
                job.id(),
                job.clientReference(),
                job.pipeline(),
                job.files().size(),
                1,
                1,
                PercentDone.ofJob(StepPlan.works(plans)),
                job.priority(),
                job.labels(),
                ground.time(),
                job.terms().scheduleTime(),
                null,
                null,
                job.terms().deadline(),
                new JobWishes(null, false, ground.scheduled()),
                steps,
                null);
    }

    private static JobSnapshot.StepSnapshot snapshot(PlannedStep step, StepPlan plan) {
        PercentDone.Work work = plan.work();
        return new JobSnapshot.StepSnapshot(
                step.id(),
                step.operation().name(),
                work.tally(),
                false,
                work.weight(),
                0,
                PercentDone.ofStep(work),
                step.needs(),
                plan.inputBytes());
    }
}
