package io.tidemill.processor.engine;

import io.tidemill.contract.FailureCode;
import io.tidemill.processor.engine.embedded.EmbeddedEngines;
import io.tidemill.processor.engine.embedded.HostRequest;
import io.tidemill.processor.engine.embedded.HostWork;
import io.tidemill.processor.engine.embedded.RejectedInput;
import io.tidemill.processor.engine.vips.VipsThumbnails;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The engine host's main program: reads a request from standard input, works, writes the answer to
 * standard output, until standard input ends. It ends at once then, even in the midst of a file,
 * because whoever asked is gone.
 */
public final class EngineHost {
    /** The argument with which {@code file-processor} starts this program instead of itself. */
    public static final String ARGUMENT = "engine-host";

    static final int OUT_OF_MEMORY = 3;

    private static final long STACK_BYTES = 4L * 1024 * 1024;

    private final Map<String, HostWork> engines;
    private final PrintStream answers;
    private final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();

    private EngineHost(Map<String, HostWork> engines, PrintStream answers) {
        this.engines = engines;
        this.answers = answers;
    }

    public static void main(String[] args) throws IOException {
        PrintStream answers =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // What a library prints must not be taken for an answer.
        System.setOut(System.err);
        EngineHost host = new EngineHost(engines(), answers);
        Thread.ofPlatform()
                .name("engine")
                .stackSize(STACK_BYTES)
                .uncaughtExceptionHandler((_, e) -> die(e))
                .start(host::work);
        host.listen();
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, HostWork> engines() {
        Map<String, HostWork> engines = new HashMap<>(EmbeddedEngines.all());
        engines.put(VipsThumbnails.NAME, new VipsThumbnails());
        return engines;
    }

    private void listen() throws IOException {
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            requests.add(line);
        }
    }

    private void work() {
        try {
            while (true) {
                HostRequest request = HostLines.request(requests.take());
                answers.println(HostLines.answer(answer(request)));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /**
     * With the exit code the JVM itself uses, because libraries throw memory errors of their own.
     */
    @SuppressWarnings("CatchAndPrintStackTrace") // Standard error is this program's log.
    private static void die(Throwable e) {
        e.printStackTrace();
        Runtime.getRuntime().halt(e instanceof OutOfMemoryError ? OUT_OF_MEMORY : 1);
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // Standard error is this program's log.
    private HostAnswer answer(HostRequest request) {
        try {
            HostWork engine = engines.get(request.work());
            if (engine == null) {
                throw new IllegalArgumentException("no such engine: " + request.work());
            }
            return new HostAnswer.Result(engine.run(request, this::report));
        } catch (RejectedInput e) {
            return new HostAnswer.Refusal(e.failure());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Decoders meet damaged input with whatever exception comes first.
            e.printStackTrace();
            return new HostAnswer.Refusal(
                    FailureCode.INVALID_INPUT.because("The file is damaged and cannot be read."));
        }
    }

    private void report(int percent, String activity) {
        answers.println(HostLines.progress(percent, activity));
    }
}
