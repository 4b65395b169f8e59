package io.tidemill.api.estimate;

/** What an estimate rests on, the best there is first. */
public enum EtaBasis {
    /** How fast the job itself has got on so far. */
    OWN_PACE,
    /** What its operations were measured to take, and the slots there are. */
    MEASURED,
    /** What its operations are declared to take, for at least one was not measured often enough. */
    DECLARED
}
