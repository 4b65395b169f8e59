package io.tidemill.contract;

/**
 * The failure codes Tidemill itself produces. The set is open: a processor may send others with
 * their own {@link ErrorClass}.
 */
public enum FailureCode {
    /** The file id is unknown, deleted, or belongs to somebody else. */
    FILE_NOT_FOUND(ErrorClass.PERMANENT),
    /** The operation does not accept files of this type. */
    UNSUPPORTED_TYPE(ErrorClass.PERMANENT),
    /** The file is damaged, or not what it claims to be. */
    INVALID_INPUT(ErrorClass.PERMANENT),
    /** The file needs a password. */
    PASSWORD_PROTECTED(ErrorClass.PERMANENT),
    /** The file, or what it unpacks to, is larger than the operation's limits allow. */
    LIMIT_EXCEEDED(ErrorClass.PERMANENT),
    /** A virus was found and the step was told to fail on it. */
    INFECTED(ErrorClass.PERMANENT),
    /** A needed step failed, or produced nothing to work on. */
    NEEDED_STEP_FAILED(ErrorClass.PERMANENT),
    /** The engine of this operation is not installed on the processors. */
    OPERATION_UNAVAILABLE(ErrorClass.PERMANENT),
    /** The attempt took longer than its limit. */
    TIMEOUT(ErrorClass.CRASH),
    /** The engine needed more memory than its limit. */
    OUT_OF_MEMORY(ErrorClass.CRASH),
    /** The engine ended in an unexpected way. */
    ENGINE_CRASHED(ErrorClass.CRASH),
    /** The processor that ran the attempt stopped sending heartbeats. */
    WORKER_LOST(ErrorClass.CRASH),
    /** Storage, or a service the operation calls, did not answer. */
    DEPENDENCY_UNAVAILABLE(ErrorClass.TRANSIENT),
    /** The bytes read were not the bytes stored. */
    CHECKSUM_MISMATCH(ErrorClass.TRANSIENT),
    /** A defect in the processor; its log has more. */
    INTERNAL_ERROR(ErrorClass.TRANSIENT);

    private final ErrorClass errorClass;

    FailureCode(ErrorClass errorClass) {
        this.errorClass = errorClass;
    }

    /** What follows a failure with this code. */
    public ErrorClass errorClass() {
        return errorClass;
    }

    /** A failure with this code. */
    public Failure because(String detail) {
        return new Failure(name(), errorClass, detail);
    }
}
