package io.tidemill.api.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.delivery.AttemptResult.Answered;
import io.tidemill.api.delivery.AttemptResult.Broken;
import io.tidemill.api.delivery.AttemptResult.Failure;
import io.tidemill.api.delivery.Judgement.Again;
import io.tidemill.api.delivery.Judgement.Consequence;
import io.tidemill.api.delivery.Judgement.Delivered;
import io.tidemill.api.delivery.Judgement.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from an answer, or from none. */
class JudgementTest {
    private static final RetryTimes TIMES =
            new RetryTimes(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)));
    private static final Instant NOW = Instant.parse("2026-01-05T10:15:31Z");

    private static Judgement of(AttemptResult result, int attempts) {
        return Judgement.of(result, attempts, TIMES, RandomGenerator.getDefault());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void onlySuccessIsSuccess(int status) {
        assertEquals(new Delivered(), of(new Answered(status, null), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "301, REDIRECT",
        "308, REDIRECT",
        "304, REDIRECT",
        "400, HTTP_STATUS",
        "404, HTTP_STATUS",
        "429, HTTP_STATUS",
        "500, HTTP_STATUS",
        "199, HTTP_STATUS",
        "999, HTTP_STATUS"
    })
    void everythingElseIsTriedAgain(int status, String code) {
        Again again = assertInstanceOf(Again.class, of(new Answered(status, null), 1));
        assertEquals(code, again.errorCode());
    }

    @ParameterizedTest
    @CsvSource({"1, 5000, 6000", "2, 300000, 360000"})
    void theWaitIsThatOfTheScheduleAndAtMostAFifthMore(int attempts, long least, long most) {
        for (int i = 0; i < 1_000; i++) {
            Again again = assertInstanceOf(Again.class, of(new Broken(Failure.TIMEOUT), attempts));
            long millis = again.pause().toMillis();
            assertTrue(millis >= least && millis <= most, again.toString());
        }
    }

    @Test
    void afterTheLastAttemptTheScheduleIsUsedUp() {
        assertEquals(
                new Failed("CONNECTION_FAILED", Consequence.EXHAUSTED),
                of(new Broken(Failure.CONNECTION_FAILED), 3));
    }

    @Test
    void goneEndsItAtOnce() {
        assertEquals(new Failed("GONE", Consequence.GONE), of(new Answered(410, null), 1));
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "1, 5", "864000, 86400"})
    void aReceiverMayAskForALongerWaitWithinBounds(long asked, long least) {
        Again again =
                assertInstanceOf(Again.class, of(new Answered(503, Duration.ofSeconds(asked)), 1));
        assertTrue(again.pause().compareTo(Duration.ofSeconds(least)) >= 0, again.toString());
        assertTrue(again.pause().toMillis() <= least * 1_200, again.toString());
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "0, 0", "'Mon, 05 Jan 2026 10:16:31 GMT', 60"})
    void readsRetryAfter(String field, long seconds) {
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), AskedWait.of(field, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "1.5",
                "99999999999999999999",
                "Mon, 05 Jan 2026 10:14:31 GMT",
                "Mon, 99 Jan 2026 10:14:31 GMT"
            })
    void passesOverARetryAfterThatSaysNothing(String field) {
        assertEquals(Optional.empty(), AskedWait.of(field, NOW));
    }
}
