package io.tidemill.api.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to deliver. */
public sealed interface AttemptResult {

    /**
     * The receiver answered.
     *
     * @param askedFor how long it asks us to wait before the next attempt
     */
    record Answered(int status, @Nullable Duration askedFor) implements AttemptResult {}

    /** The mail server has taken it over. */
    record TakenOver() implements AttemptResult {}

    /** There was no answer, or none that could be read. */
    record Broken(Failure failure) implements AttemptResult {}

    /** Why there was none; the names are shown to the endpoint's owner. */
    enum Failure {
        TIMEOUT,
        CONNECTION_FAILED,
        TLS_FAILED,
        INVALID_ANSWER,
        UNKNOWN_HOST,
        ADDRESS_REFUSED,
        MAIL_REFUSED
    }
}
