package io.tidemill.api.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.lifecycle.TaskState.Blocked;
import io.tidemill.api.lifecycle.TaskState.Cancelled;
import io.tidemill.api.lifecycle.TaskState.Dispatched;
import io.tidemill.api.lifecycle.TaskState.Failed;
import io.tidemill.api.lifecycle.TaskState.Queued;
import io.tidemill.api.lifecycle.TaskState.Retrying;
import io.tidemill.api.lifecycle.TaskState.Running;
import io.tidemill.api.lifecycle.TaskState.Skipped;
import io.tidemill.api.lifecycle.TaskState.Stopping;
import io.tidemill.api.lifecycle.TaskState.Succeeded;
import io.tidemill.api.lifecycle.TaskState.Taken;
import io.tidemill.api.lifecycle.Verdict.Ignored;
import io.tidemill.api.lifecycle.Verdict.Moved;
import io.tidemill.contract.ErrorClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state × every signal: one table of what is expected, and what holds for all of them. */
class TaskLifecycleTest {
    private static final int MAX = 3;
    private static final String MINE = "11111111-1111-4111-8111-111111111111";
    private static final String OTHER = "22222222-2222-4222-8222-222222222222";

    /**
     * What each signal does in each state, {@code n} being the attempt. The reports are those of
     * the current attempt and execution; all others are covered below.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
            state      | unblock  | skip    | refuse  | dispatch       | retryDue | leaseEnd   | take       | start      | beat       | succeed    | permanent  | transient  | crash      | system     | release    | cancel     | withdraw   | retry     | stopped
            blocked    | queued n | skipped | failed  | NOT_NOW        | NOT_NOW  | NOT_NOW    | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | cancelled  | NOT_NOW    | NOT_NOW   | SUPERSEDED
            queued     | NOT_NOW  | NOT_NOW | NOT_NOW | dispatched n+1 | NOT_NOW  | NOT_NOW    | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | cancelled  | NOT_NOW    | NOT_NOW   | SUPERSEDED
            dispatched | NOT_NOW  | NOT_NOW | NOT_NOW | NOT_NOW        | NOT_NOW  | NOT_NOW    | taken n    | running n  | taken n    | succeeded  | failed     | retrying n | retrying n | queued n-1 | queued n-1 | cancelled  | queued n-1 | NOT_NOW   | queued n-1
            taken      | NOT_NOW  | NOT_NOW | NOT_NOW | NOT_NOW        | NOT_NOW  | queued n-1 | DUPLICATE  | running n  | kept       | succeeded  | failed     | retrying n | retrying n | queued n-1 | queued n-1 | stopping n | queued n-1 | NOT_NOW   | queued n-1
            running    | NOT_NOW  | NOT_NOW | NOT_NOW | NOT_NOW        | NOT_NOW  | retrying n | DUPLICATE  | DUPLICATE  | kept       | succeeded  | failed     | retrying n | retrying n | queued n-1 | queued n-1 | stopping n | NOT_NOW    | NOT_NOW   | queued n-1
            stopping   | NOT_NOW  | NOT_NOW | NOT_NOW | NOT_NOW        | NOT_NOW  | cancelled  | SUPERSEDED | SUPERSEDED | kept       | succeeded  | cancelled  | cancelled  | cancelled  | cancelled  | cancelled  | DUPLICATE  | NOT_NOW    | NOT_NOW   | cancelled
            retrying   | NOT_NOW  | NOT_NOW | NOT_NOW | NOT_NOW        | queued n | NOT_NOW    | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | SUPERSEDED | cancelled  | NOT_NOW    | NOT_NOW   | SUPERSEDED
            succeeded  | ENDED    | ENDED   | ENDED   | ENDED          | ENDED    | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED     | ENDED
            failed     | ENDED    | ENDED   | ENDED   | ENDED          | ENDED    | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | blocked n | ENDED
            cancelled  | ENDED    | ENDED   | ENDED   | ENDED          | ENDED    | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | blocked n | ENDED
            skipped    | ENDED    | ENDED   | ENDED   | ENDED          | ENDED    | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | ENDED      | blocked n | ENDED
            """)
    void everySignalDoesWhatTheTableSays(
            String state,
            String unblock,
            String skip,
            String refuse,
            String dispatch,
            String retryDue,
            String leaseEnd,
            String take,
            String start,
            String beat,
            String succeed,
            String permanent,
            String transientFailure,
            String crash,
            String system,
            String release,
            String cancel,
            String withdraw,
            String retry,
            String stopped) {
        List<String> expected =
                List.of(
                        unblock,
                        skip,
                        refuse,
                        dispatch,
                        retryDue,
                        leaseEnd,
                        take,
                        start,
                        beat,
                        succeed,
                        permanent,
                        transientFailure,
                        crash,
                        system,
                        release,
                        cancel,
                        withdraw,
                        retry,
                        stopped);
        for (int n = 1; n <= MAX; n++) {
            List<TaskSignal> signals = signals(n, MINE);
            assertEquals(expected.size(), signals.size());
            for (int i = 0; i < expected.size(); i++) {
                Verdict verdict = TaskLifecycle.apply(state(state, n), signals.get(i), MAX);
                assertEquals(verdict(expected.get(i), n), verdict, state + n + signals.get(i));
            }
        }
    }

    private static TaskState state(String word, int n) {
        return switch (word) {
            case "blocked" -> new Blocked(n);
            case "queued" -> new Queued(n - 1);
            case "dispatched" -> new Dispatched(n);
            case "taken" -> new Taken(n, MINE);
            case "running" -> new Running(n, MINE);
            case "retrying" -> new Retrying(n);
            case "succeeded" -> new Succeeded();
            case "failed" -> new Failed();
            case "stopping" -> new Stopping(n, MINE);
            case "cancelled" -> new Cancelled();
            case "skipped" -> new Skipped();
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static Verdict verdict(String words, int n) {
        return switch (words) {
            case "blocked n" -> new Moved(new Blocked(n));
            case "stopping n" -> new Moved(new Stopping(n, MINE));
            case "cancelled" -> new Moved(new Cancelled());
            case "queued n-1" -> new Moved(new Queued(n - 1));
            case "queued n" -> new Moved(new Queued(n));
            case "dispatched n+1" -> new Moved(new Dispatched(n));
            case "taken n" -> new Moved(new Taken(n, MINE));
            case "running n" -> new Moved(new Running(n, MINE));
            case "retrying n" -> new Moved(n < MAX ? new Retrying(n) : new Failed());
            case "succeeded" -> new Moved(new Succeeded());
            case "failed" -> new Moved(new Failed());
            case "skipped" -> new Moved(new Skipped());
            case "kept" -> new Verdict.Kept();
            default -> new Ignored(Verdict.Reason.valueOf(words));
        };
    }

    @Test
    void theTableAndTheListsHereNameEveryStateAndSignalThereIs() {
        assertEquals(
                Set.of(TaskState.class.getPermittedSubclasses()),
                states().map(Object::getClass).collect(Collectors.toSet()));
        assertEquals(
                Stream.concat(
                                Arrays.stream(TaskSignal.class.getPermittedSubclasses())
                                        .filter(type -> !type.isInterface()),
                                Arrays.stream(TaskSignal.Report.class.getPermittedSubclasses()))
                        .collect(Collectors.toSet()),
                signals().map(Object::getClass).collect(Collectors.toSet()));
    }

    @Test
    void whatHasEndedNeverMovesUnlessItIsRetried() {
        everyPair(
                pair -> {
                    if (pair.state.ended() && !(pair.signal instanceof TaskSignal.Retry)) {
                        assertEquals(new Ignored(Verdict.Reason.ENDED), pair.verdict, pair.words());
                    }
                });
    }

    @Test
    void onlyTheCurrentExecutionOfTheCurrentAttemptMovesAnything() {
        everyPair(
                pair -> {
                    if (pair.signal instanceof TaskSignal.Report report
                            && !pair.state.ended()
                            && !isCurrent(pair.state, report)) {
                        assertEquals(
                                new Ignored(Verdict.Reason.SUPERSEDED), pair.verdict, pair.words());
                    }
                });
    }

    private static boolean isCurrent(TaskState state, TaskSignal.Report report) {
        return state.equals(new Dispatched(report.attempt()))
                || state.equals(new Taken(report.attempt(), report.execution()))
                || state.equals(new Running(report.attempt(), report.execution()))
                || state.equals(new Stopping(report.attempt(), report.execution()));
    }

    @Test
    void whoeverHoldsATaskIsTheOneWhoReported() {
        everyPair(
                pair -> {
                    if (pair.verdict instanceof Moved(Running(int attempt, String execution))) {
                        assertTrue(pair.isReportOf(attempt, execution), pair.words());
                    }
                    if (pair.verdict instanceof Moved(Taken(int attempt, String execution))) {
                        assertTrue(pair.isReportOf(attempt, execution), pair.words());
                    }
                });
    }

    @Test
    void aTaskNeverHasMoreAttemptsThanItMay() {
        everyPair(
                pair -> {
                    if (pair.verdict instanceof Moved(Retrying(int attempts))) {
                        assertTrue(attempts < pair.maxAttempts, pair.words());
                    }
                    if (pair.verdict instanceof Moved(Dispatched(int attempt))) {
                        assertTrue(attempt <= pair.maxAttempts, pair.words());
                    }
                });
    }

    @Test
    void anAttemptIsGivenBackOnlyWhenItWasReleasedOrNeverBegan() {
        everyPair(
                pair -> {
                    if (attempts(pair.state) > 0
                            && pair.verdict instanceof Moved(Queued(int attempts))
                            && attempts < attempts(pair.state)) {
                        assertEquals(attempts(pair.state) - 1, attempts, pair.words());
                        assertTrue(
                                pair.signal instanceof TaskSignal.Release
                                        || pair.signal instanceof TaskSignal.Stopped
                                        || pair.signal instanceof TaskSignal.Withdraw
                                        || (pair.signal instanceof TaskSignal.Fail fail
                                                && fail.errorClass() == ErrorClass.SYSTEM)
                                        || (pair.signal instanceof TaskSignal.LeaseEnd
                                                && pair.state instanceof Taken),
                                pair.words());
                    }
                });
    }

    private static int attempts(TaskState state) {
        return switch (state) {
            case Queued(int attempts) -> attempts;
            case Retrying(int attempts) -> attempts;
            case Dispatched(int attempt) -> attempt;
            case Taken(int attempt, String _) -> attempt;
            case Running(int attempt, String _) -> attempt;
            case Stopping(int attempt, String _) -> attempt;
            case Blocked _, Succeeded _, Failed _, Cancelled _, Skipped _ -> 0;
        };
    }

    @Test
    void afterACancelNothingOfATaskBegins() {
        for (int attempt = 1; attempt <= MAX; attempt++) {
            for (TaskState state :
                    List.of(
                            new Stopping(attempt, MINE),
                            new Cancelled(),
                            new Stopping(attempt, OTHER))) {
                signals()
                        .filter(signal -> !(signal instanceof TaskSignal.Retry))
                        .map(signal -> TaskLifecycle.apply(state, signal, MAX))
                        .forEach(
                                verdict ->
                                        assertFalse(
                                                verdict instanceof Moved(TaskState next)
                                                        && !next.ended(),
                                                state + " → " + verdict));
            }
        }
    }

    @Test
    void aSignalGivenTwiceDoesNoMoreThanOnce() {
        everyPair(
                pair -> {
                    if (pair.signal instanceof TaskSignal.Report
                            && pair.verdict instanceof Moved(TaskState next)) {
                        Verdict again = TaskLifecycle.apply(next, pair.signal, pair.maxAttempts);
                        assertTrue(
                                again instanceof Ignored || again instanceof Verdict.Kept,
                                pair.words() + " and again " + again);
                    }
                });
    }

    private record Pair(TaskState state, TaskSignal signal, int maxAttempts, Verdict verdict) {
        boolean isReportOf(int attempt, String execution) {
            return signal instanceof TaskSignal.Report report
                    && report.attempt() == attempt
                    && report.execution().equals(execution);
        }

        String words() {
            return state + " × " + signal + " → " + verdict;
        }
    }

    /** States that can be, with 1 to 3 attempts allowed. */
    private static void everyPair(Consumer<Pair> check) {
        for (int most = 1; most <= MAX; most++) {
            int maxAttempts = most;
            List<TaskState> possible =
                    states().filter(state -> attempts(state) <= maxAttempts)
                            .filter(state -> !state.equals(new Queued(maxAttempts)))
                            .filter(state -> !state.equals(new Retrying(maxAttempts)))
                            .toList();
            for (TaskState state : possible) {
                signals()
                        .forEach(
                                signal ->
                                        check.accept(
                                                new Pair(
                                                        state,
                                                        signal,
                                                        maxAttempts,
                                                        TaskLifecycle.apply(
                                                                state, signal, maxAttempts))));
            }
        }
    }

    private static Stream<TaskState> states() {
        List<TaskState> states = new ArrayList<>();
        states.add(new Blocked(0));
        for (int n = 0; n <= MAX; n++) {
            states.add(new Queued(n));
        }
        for (int n = 1; n <= MAX; n++) {
            states.add(new Dispatched(n));
        }
        for (int n = 1; n <= MAX; n++) {
            states.add(new Taken(n, MINE));
        }
        for (int n = 1; n <= MAX; n++) {
            states.add(new Running(n, MINE));
        }
        for (int n = 1; n <= MAX; n++) {
            states.add(new Stopping(n, MINE));
        }
        for (int n = 1; n <= MAX; n++) {
            states.add(new Retrying(n));
        }
        states.addAll(List.of(new Succeeded(), new Failed(), new Cancelled(), new Skipped()));
        return states.stream();
    }

    /** From attempts in the past, now and to come, of this execution and of another. */
    private static Stream<TaskSignal> signals() {
        List<TaskSignal> signals = new ArrayList<>();
        for (int attempt = 0; attempt <= MAX + 1; attempt++) {
            signals.addAll(signals(attempt, MINE));
            signals.addAll(signals(attempt, OTHER));
        }
        return signals.stream();
    }

    /** One of each kind, for one attempt; a diagram is compared with the same ones. */
    static List<TaskSignal> signals(int attempt, String execution) {
        return List.of(
                new TaskSignal.Unblock(),
                new TaskSignal.Skip(),
                new TaskSignal.Refuse(),
                new TaskSignal.Dispatch(),
                new TaskSignal.RetryDue(),
                new TaskSignal.LeaseEnd(),
                new TaskSignal.Take(attempt, execution),
                new TaskSignal.Start(attempt, execution),
                new TaskSignal.Beat(attempt, execution),
                new TaskSignal.Succeed(attempt, execution),
                new TaskSignal.Fail(attempt, execution, ErrorClass.PERMANENT),
                new TaskSignal.Fail(attempt, execution, ErrorClass.TRANSIENT),
                new TaskSignal.Fail(attempt, execution, ErrorClass.CRASH),
                new TaskSignal.Fail(attempt, execution, ErrorClass.SYSTEM),
                new TaskSignal.Release(attempt, execution),
                new TaskSignal.Cancel(),
                new TaskSignal.Withdraw(),
                new TaskSignal.Retry(attempt),
                new TaskSignal.Stopped(attempt, execution));
    }
}
