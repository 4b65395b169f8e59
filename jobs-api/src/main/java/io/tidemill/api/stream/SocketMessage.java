package io.tidemill.api.stream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tidemill.api.dto.JobChangeEvent;
import io.tidemill.api.dto.JobProgressEvent;
import io.tidemill.api.dto.JobSnapshotEvent;
import io.tidemill.api.dto.Problem;
import io.tidemill.api.dto.StreamReadyEvent;
import org.jspecify.annotations.Nullable;

/**
 * A frame that the server sends. Besides what it is about, it has one field at most, which depends
 * on its type.
 *
 * @param type the name of the event, or {@code subscribed}, {@code unsubscribed}, {@code error}
 * @param subscription the client's name for it; absent when a frame could not be understood
 * @param id to be sent back in {@code after}
 * @param change of a {@code change} and an {@code end}
 */
@RegisterForReflection
record SocketMessage(
        String type,
        @Nullable String subscription,
        @Nullable String id,
        @Nullable JobSnapshotEvent snapshot,
        @Nullable JobChangeEvent change,
        @Nullable JobProgressEvent progress,
        @Nullable StreamReadyEvent ready,
        @Nullable Problem error) {

    static SocketMessage subscribed(String subscription) {
        return of("subscribed", subscription);
    }

    /** At the client's wish, or because there will be nothing more. */
    static SocketMessage unsubscribed(String subscription) {
        return of("unsubscribed", subscription);
    }

    private static SocketMessage of(String type, String subscription) {
        return new SocketMessage(type, subscription, null, null, null, null, null, null);
    }

    static SocketMessage error(@Nullable String subscription, Problem problem) {
        return new SocketMessage("error", subscription, null, null, null, null, null, problem);
    }

    static SocketMessage event(String subscription, StreamEvent event) {
        return new SocketMessage(
                EventJson.name(event),
                subscription,
                event.id(),
                event instanceof StreamEvent.Snapshot snapshot ? snapshot.content() : null,
                event instanceof StreamEvent.Change change ? change.content() : null,
                event instanceof StreamEvent.Progress progress ? progress.content() : null,
                event instanceof StreamEvent.Ready ready ? ready.content() : null,
                null);
    }
}
