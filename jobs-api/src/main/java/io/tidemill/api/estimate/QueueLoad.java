package io.tidemill.api.estimate;

import java.time.Instant;

/**
 * What goes on in a task queue.
 *
 * @param slots of its live processors
 * @param sent tasks that are with processors, or on their way
 * @param sentMillis working time that is left in them
 * @param turnMillis working time that an owner of weight 1 is given at a turn
 */
public record QueueLoad(Instant now, int slots, int sent, double sentMillis, double turnMillis) {}
