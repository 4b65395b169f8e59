package io.tidemill.contract;

/**
 * Why an attempt failed.
 *
 * @param code machine-readable; see {@link FailureCode}, other codes are allowed
 * @param errorClass decides whether another attempt follows
 * @param detail for people: what went wrong and how to mend it; at most 1 000 characters, never a
 *     path, host or stack trace
 */
public record Failure(String code, ErrorClass errorClass, String detail) {
    private static final int MAX_DETAIL = 1_000;

    public Failure {
        if (code.isBlank()) {
            throw new IllegalArgumentException("code must not be blank");
        }
        if (detail.length() > MAX_DETAIL) {
            detail = detail.substring(0, MAX_DETAIL - 1) + "…";
        }
    }
}
