package io.tidemill.processor.operation.builtin;

import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.processor.engine.EngineHosts;
import io.tidemill.processor.engine.HostAnswer;
import io.tidemill.processor.engine.embedded.EmbeddedEngines;
import io.tidemill.processor.image.DamagedImageException;
import io.tidemill.processor.image.ImageHeader;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what a file is. Unknown or damaged files are no failure here: the result then says what is
 * wrong with them.
 */
final class Inspect implements Operation {
    /** Larger images and PDFs are not looked into. */
    private static final long MAX_EXAMINED_BYTES = 100L * 1024 * 1024;

    private final EngineHosts hosts;

    Inspect(EngineHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public Engine engine() {
        return new Engine.Available("embedded", "tidemill", "1.0");
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        Map<String, Object> result = new HashMap<>();
        result.put("mediaType", attempt.ref().mediaType());
        result.put("size", attempt.ref().size());
        result.put("sha256", attempt.ref().sha256());
        Optional<Failure> crash = examine(attempt, result);
        return crash.isPresent()
                ? new Outcome.Broken(crash.get(), result)
                : new Outcome.Done(result, List.of());
    }

    private Optional<Failure> examine(Attempt attempt, Map<String, Object> result)
            throws IOException, InterruptedException {
        boolean image = attempt.ref().mediaType().startsWith("image/");
        boolean pdf = attempt.ref().mediaType().equals("application/pdf");
        if ((image || pdf) && attempt.ref().size() > MAX_EXAMINED_BYTES) {
            putProblem(
                    result,
                    FailureCode.LIMIT_EXCEEDED.because(
                            "Files larger than %d bytes are not looked into."
                                    .formatted(MAX_EXAMINED_BYTES)));
            return Optional.empty();
        }
        if (image) {
            return examineImage(attempt, result);
        }
        return pdf ? ask(EmbeddedEngines.PDF_FACTS, attempt, result) : Optional.empty();
    }

    private Optional<Failure> examineImage(Attempt attempt, Map<String, Object> result)
            throws IOException, InterruptedException {
        try {
            Optional<ImageHeader> header = ImageHeader.read(attempt.file());
            if (header.isEmpty()) {
                return Optional.empty();
            }
            result.put("image", describe(header.get()));
        } catch (DamagedImageException e) {
            putProblem(
                    result,
                    FailureCode.INVALID_INPUT.because("The image is damaged: " + e.getMessage()));
            return Optional.empty();
        }
        return ask(EmbeddedEngines.IMAGE_METADATA, attempt, result);
    }

    /** Only what killed the engine fails the attempt; what it refused is part of the result. */
    private Optional<Failure> ask(String work, Attempt attempt, Map<String, Object> result)
            throws IOException, InterruptedException {
        switch (hosts.ask(work, attempt, Map.of())) {
            case HostAnswer.Result found -> {
                result.put("readable", true);
                result.putAll(found.values());
            }
            case HostAnswer.Refusal refusal -> {
                if (refusal.failure().errorClass() != ErrorClass.PERMANENT) {
                    return Optional.of(refusal.failure());
                }
                putProblem(result, refusal.failure());
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> describe(ImageHeader header) {
        return Map.of(
                "width", header.uprightWidth(),
                "height", header.uprightHeight(),
                "orientation", header.orientation(),
                "progressive", header.progressive(),
                "frames", header.frames());
    }

    private static void putProblem(Map<String, Object> result, Failure problem) {
        result.put("readable", false);
        result.put("problem", Map.of("code", problem.code(), "detail", problem.detail()));
    }
}
