package io.tidemill.api.problem;

import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.Priority;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every error the API answers with, in one place: status, code, and words that say how to mend it.
 */
public final class Problems {
    private static final String RETRY_AFTER = "Retry-After";

    private Problems() {}

    public static ProblemException malformed(String detail) {
        return new ProblemException(400, "MALFORMED_REQUEST", detail);
    }

    public static ProblemException unauthenticated() {
        return new ProblemException(
                401,
                "UNAUTHENTICATED",
                "It is not known who is calling, because this installation has no identity provider. Configure one, or run the"
                        + " local profile.");
    }

    public static ProblemException scalingTokenMissing() {
        return new ProblemException(
                401,
                "UNAUTHENTICATED",
                "Only an autoscaler may ask. Send the setting tidemill.scaling.token of this installation as Authorization: Bearer.");
    }

    public static ProblemException operatorsOnly() {
        return new ProblemException(
                403,
                "MISSING_SCOPE",
                "Only those who look after the installation may do this. Ask one of them, or use your own jobs' calls.");
    }

    public static ProblemException foreignOrigin() {
        return new ProblemException(
                403,
                "FOREIGN_ORIGIN",
                "A page of another origin has asked for this. Ask from a page of this server, or from a program.");
    }

    public static ProblemException notFound(String what, String id) {
        return new ProblemException(
                404,
                "NOT_FOUND",
                "There is no " + what + " " + shown(id) + " of yours. Check the id.");
    }

    public static ProblemException noSuch(String what, String name) {
        return new ProblemException(
                404,
                "NOT_FOUND",
                "There is no " + what + " " + shown(name) + ". The list names those there are.");
    }

    public static ProblemException noSuchTaskQueue(String name) {
        return new ProblemException(
                404,
                "NOT_FOUND",
                "There is no task queue "
                        + shown(name)
                        + ". GET /v1/operations names those there are.");
    }

    public static ProblemException gone(String what, String id) {
        return new ProblemException(410, "GONE", "The " + what + " " + shown(id) + " was deleted.");
    }

    public static ProblemException notAcceptable() {
        return new ProblemException(
                406,
                "NOT_ACCEPTABLE",
                "Results come as application/json or application/x-ndjson. Accept one of them.");
    }

    public static ProblemException tooLarge(long maxBytes) {
        return new ProblemException(
                413,
                "TOO_LARGE",
                "The body is larger than the " + maxBytes + " bytes allowed here. Send less.");
    }

    public static ProblemException invalid(String detail) {
        return new ProblemException(422, "INVALID_REQUEST", detail);
    }

    public static ProblemException invalid(List<FieldError> errors) {
        String detail =
                errors.size() == 1
                        ? "One field is not valid: "
                                + errors.getFirst().pointer()
                                + ": "
                                + errors.getFirst().detail()
                        : errors.size() + " fields are not valid; see errors.";
        return new ProblemException(422, "INVALID_REQUEST", detail, errors, List.of(), Map.of());
    }

    public static ProblemException noUsableFile(List<FieldError> errors) {
        return new ProblemException(
                422,
                "NO_USABLE_FILE",
                "None of the files can be processed; see errors. Upload files of an accepted type first and name their ids.",
                errors,
                List.of(),
                Map.of());
    }

    public static ProblemException digestMismatch(String declared, String actual) {
        return new ProblemException(
                422,
                "DIGEST_MISMATCH",
                "The bytes received have SHA-256 "
                        + actual
                        + ", not "
                        + declared
                        + " as Repr-Digest says. Upload them again.");
    }

    public static ProblemException keyReused() {
        return new ProblemException(
                422,
                "IDEMPOTENCY_KEY_REUSED",
                "This Idempotency-Key was used for a different request. Use a new key for each new request.");
    }

    public static ProblemException keyInFlight() {
        return new ProblemException(
                409,
                "REQUEST_IN_FLIGHT",
                "A request with this Idempotency-Key is still being answered. Ask again in a moment.",
                List.of(),
                List.of(),
                Map.of(RETRY_AFTER, "1"));
    }

    public static ProblemException notEnded(String state) {
        return new ProblemException(
                409,
                "INVALID_STATE_TRANSITION",
                "The job is "
                        + state
                        + " and can be deleted only when it has ended. Wait for its end.",
                List.of(),
                List.of("SUCCEEDED", "PARTIALLY_SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED"),
                Map.of());
    }

    /**
     * A wish that the state does not allow.
     *
     * @param allowed what it does allow
     */
    public static ProblemException notAllowed(String wish, String state, Set<?> allowed) {
        List<String> names = allowed.stream().map(String::valueOf).toList();
        return new ProblemException(
                409,
                "INVALID_STATE_TRANSITION",
                "The job is " + state + "; " + wish + " is not possible then. " + possible(names),
                List.of(),
                names,
                Map.of());
    }

    private static String possible(List<String> names) {
        return names.isEmpty() ? "Nothing is." : "Possible is " + String.join(", ", names) + ".";
    }

    public static ProblemException deadlinePassed() {
        return invalid(
                List.of(
                        new FieldError(
                                "/deadline", "has passed already; name a time in the future")));
    }

    public static ProblemException unknownWebhook() {
        return invalid(
                List.of(
                        new FieldError(
                                "/webhook",
                                "is not the id of a webhook endpoint of yours; GET /v1/webhook-endpoints lists them")));
    }

    public static ProblemException rangeNotSatisfiable(long size) {
        return new ProblemException(
                416,
                "RANGE_NOT_SATISFIABLE",
                "The range lies outside the file, which has " + size + " bytes.",
                List.of(),
                List.of(),
                Map.of("Content-Range", "bytes */" + size));
    }

    public static ProblemException unavailable(String what) {
        return new ProblemException(
                503,
                "UNAVAILABLE",
                what
                        + " cannot do this right now. Try again after the seconds in Retry-After; with an"
                        + " Idempotency-Key nothing happens twice.",
                List.of(),
                List.of(),
                Map.of(RETRY_AFTER, RetryAfter.OUTAGE.next()));
    }

    /** One replica handles as much as it may. */
    public static ProblemException overloaded(String detail, RetryAfter retryAfter) {
        return refused(
                503,
                "OVERLOADED",
                detail + " Nothing was accepted; try again after the seconds in Retry-After.",
                retryAfter);
    }

    public static ProblemException backlogFull(Priority priority) {
        return overloaded(
                "Too many tasks wait already for more of priority "
                        + priority
                        + " to be taken; a higher priority is taken a little longer.",
                RetryAfter.BACKLOG);
    }

    public static ProblemException tooManyTasks(long tasks, long most, Priority priority) {
        return refused(
                429,
                "TOO_MANY_TASKS",
                "With the "
                        + tasks
                        + " tasks of this job you would have more than the "
                        + most
                        + " open ones that you may have at priority "
                        + priority
                        + ". Nothing was accepted; try again when some of yours have ended.",
                RetryAfter.BACKLOG);
    }

    public static ProblemException tooManyEndpoints(int most) {
        return new ProblemException(
                409,
                "TOO_MANY_ENDPOINTS",
                "You have "
                        + most
                        + " webhook endpoints already, which is as many as you may have. Delete one you do not need any more.");
    }

    public static ProblemException noSecret() {
        return new ProblemException(
                422,
                "NO_SECRET",
                "An endpoint of kind MAIL has no secret, for mails are not signed. Nothing was changed.");
    }

    public static ProblemException endpointDisabled() {
        return new ProblemException(
                409,
                "ENDPOINT_DISABLED",
                "The endpoint is disabled, so nothing is sent to it. Enable it first.");
    }

    /** Not a matter of time. */
    public static ProblemException jobTooLarge(long tasks, long most, Priority priority) {
        return new ProblemException(
                422,
                "JOB_TOO_LARGE",
                "The job makes "
                        + tasks
                        + " tasks, and at priority "
                        + priority
                        + " there may never be more than "
                        + most
                        + " open. Submit its files in several jobs.");
    }

    private static ProblemException refused(
            int status, String code, String detail, RetryAfter retryAfter) {
        return new ProblemException(
                status, code, detail, List.of(), List.of(), Map.of(RETRY_AFTER, retryAfter.next()));
    }

    static ProblemException ofStatus(int status, String detail) {
        return new ProblemException(
                status,
                switch (status) {
                    case 400 -> "MALFORMED_REQUEST";
                    case 404 -> "NOT_FOUND";
                    case 405 -> "METHOD_NOT_ALLOWED";
                    case 406 -> "NOT_ACCEPTABLE";
                    case 413 -> "TOO_LARGE";
                    case 415 -> "UNSUPPORTED_MEDIA_TYPE";
                    case 503 -> "UNAVAILABLE";
                    default -> status < 500 ? "REJECTED" : "INTERNAL_ERROR";
                },
                detail);
    }

    private static String shown(String id) {
        String clean = id.replaceAll("[^A-Za-z0-9._-]", "?");
        return clean.length() > 60 ? clean.substring(0, 60) + "…" : clean;
    }
}
