package io.tidemill.processor.operation.builtin;

import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.tool.Executables;
import io.tidemill.processor.tool.Limits;
import io.tidemill.processor.tool.Tool;
import io.tidemill.processor.tool.ToolCall;
import io.tidemill.processor.tool.ToolResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Waits and fails as told, in every way a task can, for drills and benchmarks. */
final class Noop implements Operation {
    private static final int REPORTS = 10;
    private static final int KILLED = 128 + 9;
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long CHILD_MEMORY = 256 * MEBIBYTE;
    private static final String TOLD = "Failed as told.";

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
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        Fields told = new Fields(attempt.parameters());
        int resumed = attempt.checkpoint().last().map(Integer::parseInt).orElse(0);
        int end = Math.max(resumed, told.integer("durationMillis", 0));
        await(resumed, end, attempt, told);
        boolean mayFail = attempt.number() <= told.integer("failAttempts", Integer.MAX_VALUE);
        if (mayFail && told.flag("killWorker", false)) {
            Runtime.getRuntime().halt(KILLED);
        }
        Optional<Failure> failure = mayFail ? failure(attempt, told) : Optional.empty();
        return failure.isPresent()
                ? new Outcome.Broken(failure.get())
                : new Outcome.Done(
                        Map.of(
                                "waitedMillis",
                                end - resumed,
                                "resumedAtMillis",
                                resumed,
                                "sha256",
                                sha256(attempt.file())),
                        List.of());
    }

    private static void await(int from, int end, Attempt attempt, Fields told)
            throws IOException, InterruptedException {
        boolean child = told.flag("child", false);
        int saving = told.integer("checkpointMillis", 0);
        int unsaved = child ? end : Math.max(1, end / REPORTS);
        int step = saving > 0 ? saving : unsaved;
        int next;
        for (int at = from; at < end; at = next) {
            next = (int) Math.min(end, (long) at + step);
            attempt.progress().begun("step", at / step + 1, Math.ceilDiv(end, step));
            pause(Duration.ofMillis(next - at), child, attempt);
            if (saving > 0) {
                attempt.checkpoint().save(Integer.toString(next));
            }
        }
    }

    private static void pause(Duration time, boolean child, Attempt attempt)
            throws IOException, InterruptedException {
        if (child) {
            call(attempt, "sleep", "%d.%03d".formatted(time.toSeconds(), time.toMillisPart()));
        } else {
            Thread.sleep(time);
        }
    }

    private Optional<Failure> failure(Attempt attempt, Fields told)
            throws IOException, InterruptedException {
        int hog = told.integer("hogMegabytes", 0);
        if (hog > 0) {
            ToolResult result =
                    call(
                            attempt,
                            "dd",
                            "if=/dev/zero",
                            "of=/dev/null",
                            "bs=" + hog + "M",
                            "count=1");
            if (!result.succeeded()) {
                return Optional.of(result.cause(FailureCode.ENGINE_CRASHED).because(TOLD));
            }
        }
        boolean unlucky = random.nextDouble() < told.number("failRate", 0);
        String kind = told.text("failure", unlucky ? "TRANSIENT" : "");
        return Optional.ofNullable(
                switch (kind) {
                    case "PERMANENT" -> new Failure("TOLD_TO_FAIL", ErrorClass.PERMANENT, TOLD);
                    case "TRANSIENT" -> new Failure("TOLD_TO_FAIL", ErrorClass.TRANSIENT, TOLD);
                    case "CRASH" -> FailureCode.ENGINE_CRASHED.because(TOLD);
                    case "DEPENDENCY" -> FailureCode.DEPENDENCY_UNAVAILABLE.because(TOLD);
                    default -> null;
                });
    }

    private static ToolResult call(Attempt attempt, String program, String... arguments)
            throws IOException, InterruptedException {
        String path =
                Executables.find(program)
                        .orElseThrow(() -> new IOException(program + " is not installed"))
                        .toString();
        List<String> command = Stream.concat(Stream.of(path), Stream.of(arguments)).toList();
        Limits limits =
                new Limits(attempt.timeout(), Duration.ofSeconds(10), CHILD_MEMORY, MEBIBYTE);
        return Tool.run(new ToolCall(command, attempt.folder(), Map.of(), limits));
    }

    /**
     * Of the bytes as they were given, so that a checker sees that the right file was worked on.
     */
    private static String sha256(Path file) throws IOException {
        try (InputStream bytes = Channels.newInputStream(FileChannel.open(file));
                DigestInputStream digested =
                        new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
