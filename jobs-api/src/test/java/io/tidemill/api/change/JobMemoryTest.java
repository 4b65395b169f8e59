package io.tidemill.api.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.change.JobMemory.Known;
import io.tidemill.api.change.JobMemory.Reading;
import io.tidemill.api.store.JobVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobMemoryTest {
    private static final String OWNER = "owner";
    private static final UUID JOB = UUID.randomUUID();
    private static final List<UUID> JOBS = List.of(JOB);

    private final JobMemory memory = new JobMemory();

    private static JobVersion version(long sequence) {
        return new JobVersion(sequence, 0);
    }

    private static Known known(long sequence) {
        return new Known(OWNER, version(sequence), "\"" + sequence + "\"", false);
    }

    private static long seconds(double seconds) {
        return (long) (seconds * Duration.ofSeconds(1).toNanos());
    }

    private void read(long sequence, long now) {
        memory.learned(memory.begin(JOB, now), known(sequence));
    }

    private void sweep(long sequence, long now) {
        memory.swept(JOBS, Map.of(JOB, version(sequence)), now);
    }

    private void assertConfirmed(long sequence, long now) {
        assertEquals(known(sequence), memory.confirmed(JOB, OWNER, now));
    }

    private void assertUnconfirmed(long now) {
        assertNull(memory.confirmed(JOB, OWNER, now));
    }

    @Test
    void aReadIsGoodForTwoSecondsFromItsBeginning() {
        Reading reading = memory.begin(JOB, seconds(1));
        assertUnconfirmed(seconds(1));
        memory.learned(reading, known(5));
        assertConfirmed(5, seconds(3));
        assertUnconfirmed(seconds(3) + 1);
    }

    @Test
    void aSweepThatFindsTheSameConfirmsIt() {
        read(5, 0);
        sweep(5, seconds(1.5));
        assertConfirmed(5, seconds(3.5));
    }

    @Test
    void aSweepThatFindsANewerVersionLeavesNothingToAffirm() {
        read(5, 0);
        sweep(6, seconds(1));
        assertUnconfirmed(seconds(1));
        sweep(6, seconds(2));
        assertUnconfirmed(seconds(2));
        read(6, seconds(2));
        assertConfirmed(6, seconds(3));
    }

    @Test
    void progressAloneMakesAVersionNewer() {
        read(5, 0);
        memory.swept(JOBS, Map.of(JOB, new JobVersion(5, 1)), seconds(1));
        assertUnconfirmed(seconds(1));
    }

    @Test
    void aHintLeavesItUnconfirmedUntilALaterRead() {
        read(5, 0);
        memory.doubt(JOBS, seconds(1));
        assertUnconfirmed(seconds(1));
        read(5, seconds(1) + 1);
        assertConfirmed(5, seconds(2));
    }

    @Test
    void aReadThatBeganBeforeAHintDoesNotConfirm() {
        Reading early = memory.begin(JOB, seconds(1));
        memory.doubt(JOBS, seconds(2));
        memory.learned(early, known(5));
        assertUnconfirmed(seconds(2));
        sweep(5, seconds(1.5));
        assertUnconfirmed(seconds(2));
        sweep(5, seconds(2.5));
        assertConfirmed(5, seconds(3));
    }

    @Test
    void aLateOutcomeOfAnEarlyReadIsIgnored() {
        Reading early = memory.begin(JOB, 0);
        read(6, seconds(1));
        memory.learned(early, known(5));
        sweep(5, seconds(2));
        assertConfirmed(6, seconds(3));
        assertUnconfirmed(seconds(3) + 1);
    }

    @Test
    void whatASweepDoesNotFindIsForgottenEvenWhileItIsRead() {
        read(5, 0);
        Reading early = memory.begin(JOB, seconds(1));
        memory.swept(JOBS, Map.of(), seconds(1));
        memory.learned(early, known(5));
        assertUnconfirmed(seconds(1));
        assertEquals(List.of(), memory.remembered(seconds(1)));
    }

    @Test
    void aJobIsAffirmedToItsOwnerOnly() {
        read(5, 0);
        assertNull(memory.confirmed(JOB, "another", 1));
        memory.failed(memory.begin(JOB, 1), 2);
        assertUnconfirmed(3);
        assertEquals(JOBS, memory.remembered(3));
    }

    @Test
    void aReadThatFoundNothingLeavesNothingBehind() {
        memory.failed(memory.begin(JOB, 0), 1);
        assertEquals(List.of(), memory.remembered(1));
    }

    @Test
    void aJobNobodyAsksForIsForgottenAfterAMinute() {
        read(5, 0);
        assertConfirmed(5, seconds(1));
        assertEquals(JOBS, memory.remembered(seconds(61)));
        assertEquals(List.of(), memory.remembered(seconds(61) + 1));
    }

    @Test
    void theOneAskedForLongestAgoMakesRoom() {
        read(5, 0);
        UUID second = UUID.randomUUID();
        memory.begin(second, 0);
        for (int i = 2; i < JobMemory.MOST; i++) {
            memory.begin(UUID.randomUUID(), 0);
        }
        assertNotNull(memory.confirmed(JOB, OWNER, 0));
        memory.begin(UUID.randomUUID(), 0);
        List<UUID> remembered = memory.remembered(0);
        assertEquals(JobMemory.MOST, remembered.size());
        assertTrue(remembered.contains(JOB));
        assertFalse(remembered.contains(second));
    }
}
