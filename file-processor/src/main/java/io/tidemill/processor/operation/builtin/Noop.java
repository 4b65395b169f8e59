package io.tidemill.processor.operation.builtin;

import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Waits and fails as told, for drills and benchmarks. */
final class Noop implements Operation {
    private static final int REPORTS = 10;

    private final RandomGenerator random;

    Noop(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "noop";
    }

    @Override
    public Engine engine() {
        return new Engine.Available("embedded", "tidemill", "1.0");
    }

    @Override
    public Outcome run(Attempt attempt) throws InterruptedException {
        Fields parameters = new Fields(attempt.parameters());
        int millis = parameters.integer("durationMillis", 0);
        await(millis, attempt);
        if (random.nextDouble() < parameters.number("failRate", 0)) {
            return new Outcome.Broken(
                    new Failure("TOLD_TO_FAIL", ErrorClass.TRANSIENT, "Failed as told."));
        }
        return new Outcome.Done(Map.of("waitedMillis", millis), List.of());
    }

    private static void await(int millis, Attempt attempt) throws InterruptedException {
        for (int i = 0; i < REPORTS && millis > 0; i++) {
            attempt.progress().report(i * 100 / REPORTS, "waiting");
            Thread.sleep(millis * (i + 1L) / REPORTS - millis * (long) i / REPORTS);
        }
    }
}
