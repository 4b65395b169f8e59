package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tidemill.contract.FileRef;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Checkpoint;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The built-in operations in both tiers, and attempts for them; ends the engine hosts after all.
 */
final class Workbench implements AfterAllCallback {
    private final Map<Tier, BuiltinOperations> opened = new EnumMap<>(Tier.class);
    final List<Told> progress = new CopyOnWriteArrayList<>();

    /** A report of progress. */
    record Told(int percent, String activity) {}

    /** Skips the test, and says so, when the tier is not there. */
    Operation operation(Tier tier, String name) {
        Operation operation =
                opened.computeIfAbsent(tier, Workbench::open).operations().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        boolean there =
                tier == Tier.EMBEDDED
                        || (operation.engine() instanceof Engine.Available engine
                                && engine.tier().equals("full"));
        if (!there) {
            String why = "skipped: the full tier of " + name + " is not installed here";
            System.out.println(why);
            Assumptions.abort(why);
        }
        return operation;
    }

    private static BuiltinOperations open(Tier tier) {
        EngineSettings settings = EngineSettings.defaults(2);
        return BuiltinOperations.open(
                new EngineSettings(
                        settings.hosts(),
                        Optional.empty(),
                        Optional.empty(),
                        tier == Tier.EMBEDDED,
                        true));
    }

    static Attempt attempt(Path folder, byte[] content, String name, String type)
            throws IOException {
        return attempt(folder, content, name, type, Map.of());
    }

    static Attempt attempt(
            Path folder, byte[] content, String name, String type, Map<String, Object> parameters)
            throws IOException {
        Path file = Files.write(folder.resolve("in"), content);
        FileRef ref = new FileRef(name, type, content.length, "0".repeat(64));
        return new Attempt(
                file,
                ref,
                1,
                parameters,
                () -> folder,
                Duration.ofSeconds(60),
                (_, _) -> {},
                new Memory());
    }

    Attempt watched(Attempt attempt) {
        return watched(attempt, (percent, activity) -> progress.add(new Told(percent, activity)));
    }

    static Attempt watched(Attempt attempt, Progress progress) {
        return new Attempt(
                attempt.file(),
                attempt.ref(),
                attempt.number(),
                attempt.parameters(),
                attempt.place(),
                attempt.timeout(),
                progress,
                attempt.checkpoint());
    }

    /** Keeps checkpoints, and all that were ever saved. */
    static final class Memory implements Checkpoint {
        final List<String> saved = new CopyOnWriteArrayList<>();

        @Override
        public Optional<String> last() {
            return saved.isEmpty() ? Optional.empty() : Optional.of(saved.getLast());
        }

        @Override
        public void save(String text) {
            saved.add(text);
        }
    }

    static Outcome.Done done(Outcome outcome) {
        return assertInstanceOf(Outcome.Done.class, outcome, outcome.toString());
    }

    static String figure(Outcome.Done done, String name) {
        return String.valueOf(done.result().get(name));
    }

    static String code(Outcome outcome) {
        return assertInstanceOf(Outcome.Broken.class, outcome, outcome.toString()).failure().code();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        opened.values().forEach(BuiltinOperations::close);
    }
}
