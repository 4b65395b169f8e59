package io.tidemill.processor.broker;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way out.
 *
 * @param json the event as it will stand in the envelope
 * @param traceparent of the task it speaks of, if there is one
 * @param accepted completes when the broker has it safe
 */
record OutgoingEvent(
        byte[] json, @Nullable String traceparent, CompletableFuture<@Nullable Void> accepted) {}
