package io.tidemill.api.lifecycle;

/** What a client may want of a job. */
public enum JobWish {
    CANCEL,
    PAUSE,
    RESUME,
    RETRY,
    DELETE
}
