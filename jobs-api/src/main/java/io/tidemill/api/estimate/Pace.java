package io.tidemill.api.estimate;

/**
 * Since when the pace of a job is taken, and what was done by then.
 *
 * @param millis how long ago that was
 * @param doneBefore as {@link io.tidemill.api.lifecycle.PercentDone.Work#done()}, of all steps
 * @param endedBefore tasks that had ended
 */
public record Pace(long millis, long doneBefore, int endedBefore) {}
