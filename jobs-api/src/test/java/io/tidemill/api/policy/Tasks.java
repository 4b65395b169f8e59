package io.tidemill.api.policy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Waiting tasks for tests; each is due a millisecond after the one before. */
final class Tasks {
    static final int HIGH = 0;
    static final int NORMAL = 1;
    static final int LOW = 2;
    private static final AtomicLong NEXT = new AtomicLong();

    private Tasks() {}

    static WaitingTask of(String owner, long millis) {
        return of(owner, "noop", NORMAL, millis);
    }

    static WaitingTask of(String owner, String operation, int priority, long millis) {
        long n = NEXT.incrementAndGet();
        return new WaitingTask(new UUID(0, n), owner, operation, priority, n, millis, false);
    }

    static WaitingTask alone(String owner) {
        long n = NEXT.incrementAndGet();
        return new WaitingTask(new UUID(0, n), owner, "noop", NORMAL, n, 1, true);
    }

    static List<WaitingTask> many(int count, String owner, long millis) {
        return IntStream.range(0, count).mapToObj(_ -> of(owner, millis)).toList();
    }
}
