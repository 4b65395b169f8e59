package io.tidemill.api.delivery;

import io.tidemill.api.delivery.AttemptResult.Answered;
import io.tidemill.api.delivery.AttemptResult.Broken;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What follows from an attempt. */
public sealed interface Judgement {

    /** It arrived. */
    record Delivered() implements Judgement {}

    /** It is tried again after that pause. */
    record Again(Duration pause, String errorCode) implements Judgement {}

    /** It is not tried any more, and perhaps nothing else is sent there either. */
    record Failed(String errorCode, Consequence consequence) implements Judgement {}

    /** What a failed delivery means for its endpoint. */
    enum Consequence {
        /** Nothing. */
        NONE,
        /** The receiver said that it wants nothing any more. */
        GONE,
        /** The whole schedule is used up. */
        EXHAUSTED
    }

    /**
     * Judges an attempt.
     *
     * @param attempts of the present schedule, this one included
     */
    static Judgement of(
            AttemptResult result, int attempts, RetryTimes times, RandomGenerator random) {
        String code = errorCode(result);
        if (code == null) {
            return new Delivered();
        }
        if (code.equals("GONE")) {
            return new Failed(code, Consequence.GONE);
        }
        return times.after(attempts, askedFor(result), random)
                .<Judgement>map(pause -> new Again(pause, code))
                .orElseGet(() -> new Failed(code, Consequence.EXHAUSTED));
    }

    /** Null when it arrived: only 2xx says so. */
    static @Nullable String errorCode(AttemptResult result) {
        return switch (result) {
            case AttemptResult.TakenOver() -> null;
            case Broken(AttemptResult.Failure failure) -> failure.name();
            case Answered(int status, var _) ->
                    switch (status / 100) {
                        case 2 -> null;
                        case 3 -> "REDIRECT";
                        default -> status == 410 ? "GONE" : "HTTP_STATUS";
                    };
        };
    }

    private static @Nullable Duration askedFor(AttemptResult result) {
        return result instanceof Answered(int _, Duration askedFor) ? askedFor : null;
    }
}
