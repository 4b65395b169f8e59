package io.tidemill.bench.measure;

import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.Wait;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Begins calls at fixed times whether answers come or not, so that a slow answer counts in full and
 * does not keep others from being asked for.
 */
public final class OpenLoop {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    private final double perSecond;

    public OpenLoop(double perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * What came of it.
     *
     * @param nanos of each call, from the time it was due
     * @param failures how often calls failed, by their reasons
     */
    public record Result(Collection<Long> nanos, Map<String, Integer> failures) {
        public Result {
            nanos = List.copyOf(nanos);
            failures = Map.copyOf(failures);
        }

        /** Calls that failed. */
        public int failed() {
            return failures.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * Returns when all answers have come.
     *
     * @param more whether there is to be a call of this number, from 0
     * @param call begins one
     */
    public Result run(IntPredicate more, IntFunction<Future<?>> call) {
        Queue<Long> times = new ConcurrentLinkedQueue<>();
        Map<String, Integer> failures = new ConcurrentHashMap<>();
        AtomicInteger answered = new AtomicInteger();
        int begun = 0;
        long begin = System.nanoTime();
        for (; more.test(begun); begun++) {
            long due = begin + (long) (SECOND * begun / perSecond);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            call.apply(begun)
                    .onComplete(
                            done -> {
                                times.add(System.nanoTime() - due);
                                if (done.failed()) {
                                    failures.merge(reason(done.cause()), 1, Integer::sum);
                                }
                                answered.incrementAndGet();
                            });
        }
        int all = begun;
        if (!Wait.until(PATIENCE, () -> answered.get() == all)) {
            throw new LaunchException("calls were not answered: " + (all - answered.get()));
        }
        return new Result(times, failures);
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
