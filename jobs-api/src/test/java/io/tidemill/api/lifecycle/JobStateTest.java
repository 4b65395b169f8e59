package io.tidemill.api.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a job's state, over every small tally. */
class JobStateTest {
    private static final List<Tally> ALL = Tallies.upTo(2);

    @Test
    void openTasksKeepAJobOpen() {
        for (Tally tally : ALL) {
            boolean open =
                    tally.blocked() + tally.queued() + tally.running() + tally.retrying() > 0;
            assertEquals(!open, JobState.of(tally, true).ended(), tally.toString());
            assertEquals(!open, JobState.of(tally, false).ended(), tally.toString());
        }
    }

    @Test
    void anOpenJobRunsOnceOneOfItsTasksHasBegun() {
        for (Tally tally : ALL) {
            if (tally.open() > 0) {
                assertEquals(JobState.RUNNING, JobState.of(tally, true));
                assertEquals(JobState.QUEUED, JobState.of(tally, false));
            }
        }
    }

    @Test
    void anEndedJobIsJudgedByItsTasksAlone() {
        for (Tally tally : ALL) {
            if (tally.open() == 0) {
                boolean lost = tally.failed() + tally.skipped() + tally.cancelled() > 0;
                JobState state = JobState.of(tally, true);
                assertEquals(!lost, state == JobState.SUCCEEDED, tally.toString());
                assertEquals(
                        lost && tally.succeeded() == 0 && !onlyCancelled(tally),
                        state == JobState.FAILED,
                        tally.toString());
                assertEquals(
                        tally.succeeded() == 0 && onlyCancelled(tally),
                        state == JobState.CANCELLED,
                        tally.toString());
                assertEquals(
                        lost && tally.succeeded() > 0,
                        state == JobState.PARTIALLY_SUCCEEDED,
                        tally.toString());
                assertEquals(state, JobState.of(tally, false));
            }
        }
    }

    private static boolean onlyCancelled(Tally tally) {
        return tally.failed() == 0 && tally.cancelled() > 0;
    }

    @Test
    void whatWasStoppedSaysWhyIfThatCostItATask() {
        for (Tally tally : ALL) {
            for (StopReason reason : StopReason.values()) {
                JobState state = JobState.of(tally, true, new JobWishes(reason, true, true));
                JobState expected =
                        switch (reason) {
                            case CANCELLED -> JobState.CANCELLED;
                            case DEADLINE_EXCEEDED -> JobState.EXPIRED;
                            case FAILURE_LIMIT_REACHED -> JobState.FAILED;
                        };
                if (tally.open() > 0) {
                    assertEquals(JobState.CANCELLING, state);
                } else if (tally.cancelled() > 0) {
                    assertEquals(expected, state, tally.toString());
                } else {
                    assertEquals(JobState.of(tally, true), state, tally.toString());
                }
            }
        }
    }

    @Test
    void anOpenJobThatMustWaitSaysSo() {
        Tally open = new Tally(0, 1, 0, 0, 1, 0, 0, 0);
        assertEquals(JobState.PAUSED, JobState.of(open, true, new JobWishes(null, true, false)));
        assertEquals(JobState.PAUSED, JobState.of(open, false, new JobWishes(null, true, true)));
        assertEquals(
                JobState.SCHEDULED, JobState.of(open, false, new JobWishes(null, false, true)));
        assertEquals(JobState.RUNNING, JobState.of(open, true, new JobWishes(null, false, true)));
    }

    @Test
    void onlyWhatHasEndedCanBeDeletedAndOnlyWhatSucceededCannotBeRetried() {
        for (JobState state : JobState.values()) {
            assertEquals(state.ended(), state.allowed().contains(JobWish.DELETE), state.name());
            boolean retry = state != JobState.SUCCEEDED && state != JobState.CANCELLING;
            assertEquals(retry, state.allowed().contains(JobWish.RETRY), state.name());
        }
    }

    @Test
    void aTaskCountsInExactlyOnePlace() {
        List<TaskState> states =
                List.of(
                        new TaskState.Blocked(0),
                        new TaskState.Queued(0),
                        new TaskState.Dispatched(1),
                        new TaskState.Taken(1, "e"),
                        new TaskState.Running(1, "e"),
                        new TaskState.Stopping(1, "e"),
                        new TaskState.Retrying(1),
                        new TaskState.Succeeded(),
                        new TaskState.Failed(),
                        new TaskState.Cancelled(),
                        new TaskState.Skipped());
        for (TaskState state : states) {
            Tally one = Tally.ZERO.plus(state, 1);
            assertEquals(1, one.total(), state.toString());
            assertEquals(state.ended() ? 1 : 0, one.ended(), state.toString());
            assertEquals(Tally.ZERO, one.plus(state, -1));
        }
    }
}
