package io.tidemill.api.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.api.dto.Priority;
import io.tidemill.api.overload.OverloadRules.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OverloadRulesTest {
    private final OverloadRules rules = new OverloadRules(1_000, 200);

    @ParameterizedTest
    @CsvSource({"LOW, 800", "NORMAL, 950", "HIGH, 1000"})
    void theLowerThePriorityTheEarlierItIsRefused(Priority priority, long last) {
        assertEquals(Verdict.ACCEPTED, rules.judge(priority, 1, 0, last - 1));
        assertEquals(Verdict.ALL_FULL, rules.judge(priority, 1, 0, last));
        assertEquals(Verdict.ALL_FULL, rules.judge(priority, 20, 0, last - 19));
    }

    @ParameterizedTest
    @CsvSource({"LOW, 160", "NORMAL, 190", "HIGH, 200"})
    void theSameHoldsForEachOwner(Priority priority, long last) {
        assertEquals(Verdict.ACCEPTED, rules.judge(priority, 10, last - 10, last - 10));
        assertEquals(Verdict.OWNER_FULL, rules.judge(priority, 10, last - 9, last - 9));
    }

    @ParameterizedTest
    @CsvSource({"LOW, 160", "NORMAL, 190", "HIGH, 200"})
    void aJobThatNeverFitsIsNotAskedToComeAgain(Priority priority, long most) {
        assertEquals(most, rules.most(priority));
        assertEquals(Verdict.ACCEPTED, rules.judge(priority, most, 0, 0));
        assertEquals(Verdict.TOO_LARGE, rules.judge(priority, most + 1, 0, 0));
        assertEquals(Verdict.TOO_LARGE, rules.judge(priority, most + 1, 0, 5_000));
    }

    @Test
    void whoIsOverTheOwnLimitIsToldThat() {
        assertEquals(Verdict.OWNER_FULL, rules.judge(Priority.HIGH, 1, 200, 5_000));
    }

    @Test
    void aBacklogSmallerThanTheOwnersLimitGoesFirst() {
        OverloadRules small = new OverloadRules(10, 200);
        assertEquals(Verdict.TOO_LARGE, small.judge(Priority.HIGH, 11, 0, 0));
        assertEquals(Verdict.ALL_FULL, small.judge(Priority.HIGH, 2, 9, 9));
    }

    @ParameterizedTest
    @EnumSource(Priority.class)
    void noLimitIsTooLarge(Priority priority) {
        OverloadRules none = new OverloadRules(Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(
                Verdict.ACCEPTED,
                none.judge(priority, 200_000, 1_000_000_000_000L, 1_000_000_000_000L));
    }

    @Test
    void aLimitOfNothingIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new OverloadRules(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new OverloadRules(1, 0));
    }
}
