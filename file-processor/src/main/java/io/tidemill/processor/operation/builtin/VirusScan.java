package io.tidemill.processor.operation.builtin;

import io.tidemill.contract.FailureCode;
import io.tidemill.processor.engine.TestSignatures;
import io.tidemill.processor.engine.installed.Clamd;
import io.tidemill.processor.engine.installed.Scanning;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for malware: with clamd where there is one, else for test files only, and says so. */
final class VirusScan implements Operation {
    private static final String UNKNOWN = "unknown";

    private final Optional<Clamd> clamd;
    private final Scanning scanning;
    private final Engine engine;

    VirusScan(Optional<Clamd> clamd) {
        this(clamd, Clamd::scan);
    }

    VirusScan(Optional<Clamd> clamd, Scanning scanning) {
        this.clamd = clamd;
        this.scanning = scanning;
        this.engine =
                clamd.<Engine>map(
                                found ->
                                        new Engine.Available(
                                                "full", "clamd", found.version().orElse(UNKNOWN)))
                        .orElse(
                                new Engine.Available(
                                        "embedded", "test-signatures", TestSignatures.VERSION));
    }

    @Override
    public String name() {
        return "virus-scan";
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        return clamd.isPresent()
                ? scanWith(clamd.get(), attempt)
                : verdict(
                        attempt,
                        TestSignatures.find(attempt.file(), attempt.progress()),
                        Map.of(
                                "scanner",
                                "test-signatures",
                                "scannerVersion",
                                TestSignatures.VERSION,
                                "warning",
                                "Knows test files only and protects from nothing; install"
                                        + " clamd for real scans."));
    }

    private Outcome scanWith(Clamd clamd, Attempt attempt) throws InterruptedException {
        try {
            String reply =
                    scanning.scan(clamd, attempt.file(), attempt.timeout(), attempt.progress());
            return understand(attempt, reply, clamd.version().orElse(UNKNOWN));
        } catch (SocketTimeoutException _) {
            return broken(FailureCode.TIMEOUT, "The virus scanner took too long.");
        } catch (IOException _) {
            return broken(
                    FailureCode.DEPENDENCY_UNAVAILABLE, "The virus scanner cannot be reached.");
        }
    }

    /** What could not be looked into is never called clean. */
    private static Outcome understand(Attempt attempt, String reply, String version) {
        Map<String, Object> scanner = Map.of("scanner", "clamd", "scannerVersion", version);
        if (reply.equals("stream: OK")) {
            return verdict(attempt, Optional.empty(), scanner);
        }
        if (reply.contains("size limit exceeded") || reply.contains("Heuristics.Limits.Exceeded")) {
            return broken(
                    FailureCode.LIMIT_EXCEEDED,
                    "The file, or what it unpacks to, is larger than the virus scanner takes.");
        }
        if (reply.contains("Heuristics.Encrypted")) {
            return broken(FailureCode.PASSWORD_PROTECTED, "An encrypted file cannot be scanned.");
        }
        if (reply.startsWith("stream: ") && reply.endsWith(" FOUND")) {
            String signature =
                    reply.substring("stream: ".length(), reply.length() - " FOUND".length());
            return verdict(attempt, Optional.of(signature), scanner);
        }
        return broken(FailureCode.DEPENDENCY_UNAVAILABLE, "The virus scanner could not scan.");
    }

    private static Outcome verdict(
            Attempt attempt, Optional<String> signature, Map<String, Object> scanner) {
        Map<String, Object> result = new HashMap<>(scanner);
        result.put("verdict", signature.isPresent() ? "infected" : "clean");
        signature.ifPresent(name -> result.put("signature", name));
        String onInfected = new Fields(attempt.parameters()).text("onInfected", "report");
        return signature.isPresent() && onInfected.equals("fail")
                ? new Outcome.Broken(
                        FailureCode.INFECTED.because("The file is infected: " + signature.get()),
                        result)
                : new Outcome.Done(result, List.of());
    }

    private static Outcome broken(FailureCode code, String detail) {
        return new Outcome.Broken(code.because(detail));
    }
}
