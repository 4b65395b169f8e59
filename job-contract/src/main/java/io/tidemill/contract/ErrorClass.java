package io.tidemill.contract;

/** Decides what follows a failed attempt. */
public enum ErrorClass {
    /** The input or the request is wrong; trying again cannot help. */
    PERMANENT,
    /** Something outside was away; another attempt follows after a backoff. */
    TRANSIENT,
    /** The attempt died (time-out, memory, lost worker); counts, and is tried again. */
    CRASH,
    /** The system itself gave the attempt up (drain); it is given back and not counted. */
    SYSTEM
}
