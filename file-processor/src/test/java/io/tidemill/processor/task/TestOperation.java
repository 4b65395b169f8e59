package io.tidemill.processor.task;

import io.tidemill.contract.FailureCode;
import io.tidemill.contract.OperationDescriptor;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Small real operations for tests of what is around them. */
record TestOperation(String name, Engine engine, Work work) implements Operation {
    private static final Engine HERE = new Engine.Available("embedded", "test", "1");

    /** What an operation does. */
    interface Work {
        Outcome run(Attempt attempt) throws IOException, InterruptedException;
    }

    TestOperation(String name, Work work) {
        this(name, HERE, work);
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        return work.run(attempt);
    }

    /** Everything a test may ask for; {@code wait} ends when the gate opens. */
    static List<TestOperation> all(CountDownLatch gate) {
        return List.of(
                new TestOperation("copy", TestOperation::copy),
                new TestOperation("wait", attempt -> waitFor(gate, attempt)),
                new TestOperation("fail", _ -> broken()),
                new TestOperation("break-disk", _ -> ioFailure()),
                new TestOperation("defect", _ -> defect()),
                new TestOperation("chatty", _ -> chatty()),
                new TestOperation("odd", _ -> odd()),
                new TestOperation(
                        "missing",
                        new Engine.Unavailable("The engine is missing; install it so."),
                        _ -> defect()));
    }

    static OperationDescriptor descriptor(String name) {
        return new OperationDescriptor(
                name,
                "1.0",
                "For tests.",
                List.of("text/*"),
                "standard",
                1_000_000,
                60,
                3,
                OperationDescriptor.STANDARD_SCHEDULE,
                1,
                false,
                Map.of());
    }

    private static Outcome copy(Attempt attempt) throws IOException {
        Path copy = attempt.folder().resolve("copy");
        Files.copy(attempt.file(), copy);
        return new Outcome.Done(
                Map.of("bytes", Files.size(copy)),
                List.of(new Outcome.Output(copy, "copy.txt", "text/plain")));
    }

    private static Outcome waitFor(CountDownLatch gate, Attempt attempt)
            throws InterruptedException {
        attempt.progress().report(42, "waiting");
        gate.await();
        return new Outcome.Done(Map.of(), List.of());
    }

    private static Outcome broken() {
        return new Outcome.Broken(
                FailureCode.INVALID_INPUT.because("It is damaged."), Map.of("seen", true));
    }

    private static Outcome ioFailure() throws IOException {
        throw new IOException("/secret/path: Input/output error");
    }

    private static Outcome defect() {
        throw new IllegalStateException("a defect at /secret/path");
    }

    private static Outcome odd() {
        return new Outcome.Done(Map.of("not", new Object(), "json", 1), List.of());
    }

    private static Outcome chatty() {
        return new Outcome.Done(Map.of("text", "x".repeat(60_000)), List.of());
    }
}
