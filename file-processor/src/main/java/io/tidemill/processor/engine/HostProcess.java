package io.tidemill.processor.engine;

import io.tidemill.contract.FailureCode;
import io.tidemill.processor.engine.embedded.HostRequest;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Progress;
import io.tidemill.processor.tool.BoundedOutput;
import io.tidemill.processor.tool.Child;
import io.tidemill.processor.tool.Limits;
import io.tidemill.processor.tool.ToolCall;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One engine host as the processor sees it. Serves one file at a time; after a time-out, a breach
 * or an interrupt it is killed and of no more use.
 */
final class HostProcess implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HostProcess.class);
    private static final long FILE_BYTES = 2L * 1024 * 1024 * 1024;
    private static final long MEBIBYTE = 1024 * 1024;

    /** Address space of what a JVM maps, and of engines that are not Java. */
    private static final long BESIDE_THE_HEAP = 3072 * MEBIBYTE;

    private static final Duration CPU_OF_A_LIFE = Duration.ofHours(1);
    private static final int KILLED = 128 + 9;

    private final Child child;
    private final AnswerReader answers;
    private final BoundedOutput log;
    private int served;

    private HostProcess(Child child) {
        this.child = child;
        this.answers = AnswerReader.of(child.process().getInputStream());
        this.log = BoundedOutput.of(child.process().getErrorStream());
    }

    static HostProcess start(HostSettings settings) throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        long addressSpace = settings.heapMebibytes() * MEBIBYTE + BESIDE_THE_HEAP;
        Limits limits = new Limits(settings.wallClock(), CPU_OF_A_LIFE, addressSpace, FILE_BYTES);
        return new HostProcess(
                Child.startTalking(
                        new ToolCall(HostCommand.withOptions(settings), folder, Map.of(), limits)));
    }

    int served() {
        return served;
    }

    boolean alive() {
        return child.process().isAlive();
    }

    /** Works on one file; when it does not survive that, says why. */
    HostAnswer ask(HostRequest request, Duration time, Progress progress)
            throws InterruptedException {
        served++;
        long deadline = System.nanoTime() + time.toNanos();
        if (!send(HostLines.request(request) + "\n")) {
            return afterDeath();
        }
        while (true) {
            long left = deadline - System.nanoTime();
            AnswerReader.Line line = answers.next(left, TimeUnit.NANOSECONDS);
            switch (line) {
                case AnswerReader.None _ -> {
                    return refusal(FailureCode.TIMEOUT, "The work took too long.");
                }
                case AnswerReader.End _ -> {
                    return afterDeath();
                }
                case AnswerReader.Json json -> {
                    HostAnswer answer = understand(json.object(), progress);
                    if (answer != null) {
                        return answer;
                    }
                }
            }
        }
    }

    private static @Nullable HostAnswer understand(Map<String, Object> object, Progress progress) {
        if (object.containsKey("percent")) {
            Fields fields = new Fields(object);
            progress.report(fields.integer("percent", 0), fields.text("activity", ""));
            return null;
        }
        return HostLines.answer(object);
    }

    private boolean send(String line) {
        try {
            OutputStream input = child.process().getOutputStream();
            input.write(line.getBytes(StandardCharsets.UTF_8));
            input.flush();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private HostAnswer afterDeath() throws InterruptedException {
        boolean ended = child.process().waitFor(2, TimeUnit.SECONDS);
        int exitCode = ended ? child.process().exitValue() : -1;
        if (exitCode == EngineHost.OUT_OF_MEMORY || exitCode == KILLED) {
            return refusal(
                    FailureCode.OUT_OF_MEMORY, "The file needs more memory than the limit allows.");
        }
        LOG.warnf("engine host ended with exit code %d: %s", exitCode, log.text());
        return refusal(FailureCode.ENGINE_CRASHED, "The engine ended unexpectedly.");
    }

    private HostAnswer refusal(FailureCode code, String detail) {
        close();
        return new HostAnswer.Refusal(code.because(detail));
    }

    @Override
    public void close() {
        child.close();
    }
}
