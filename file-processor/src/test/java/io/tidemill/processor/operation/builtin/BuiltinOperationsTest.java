package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.contract.Operations;
import io.tidemill.processor.engine.installed.Vips;
import io.tidemill.processor.image.Samples;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.tool.Executables;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltinOperationsTest {
    @TempDir Path folder;

    @Test
    void thereIsOneForEachDescriptorInTheLocalProfile() {
        assertEquals(Operations.NAMES, names(true));
    }

    @Test
    void noopIsThereInTheLocalProfileOnly() {
        assertFalse(names(false).contains("noop"));
    }

    @Test
    void onAFreshMachineAllButOcrAreAvailableAndOcrSaysWhatToInstall() {
        try (BuiltinOperations builtins = open(false)) {
            for (Operation operation : builtins.operations()) {
                if (operation.name().equals("ocr")) {
                    Engine.Unavailable missing =
                            assertInstanceOf(Engine.Unavailable.class, operation.engine());
                    assertTrue(missing.reason().contains("./tidemill engines"));
                } else {
                    Engine.Available engine =
                            assertInstanceOf(Engine.Available.class, operation.engine());
                    assertEquals("embedded", engine.tier());
                }
            }
        }
    }

    @Test
    void theLibvipsThatWasChosenIsLoaded() throws Exception {
        Optional<Path> usual = systemsLibvips();
        Assumptions.assumeTrue(usual.isPresent(), "skipped: there is no libvips here");
        Path chosen = Files.createSymbolicLink(folder.resolve("chosen"), usual.get());
        try (BuiltinOperations builtins = open(chosen)) {
            Operation thumbnail =
                    builtins.operations().stream()
                            .filter(operation -> operation.name().equals("thumbnail"))
                            .findFirst()
                            .orElseThrow();
            assertEquals(
                    new Engine.Available("full", "libvips", Vips.find().orElseThrow().version()),
                    thumbnail.engine());
            byte[] png = Samples.encode(Samples.quarters(40, 30), "png");
            Outcome outcome = thumbnail.run(Workbench.attempt(folder, png, "a.png", "image/png"));
            assertEquals(1, Workbench.done(outcome).outputs().size());
        }
    }

    @Test
    void aLibvipsThatCannotBeLoadedEndsTheStartAndNamesTheSetting() throws Exception {
        Path none = Files.writeString(folder.resolve("libvips.so"), "no library");
        String complaint =
                assertThrows(IllegalArgumentException.class, () -> open(none)).toString();
        assertTrue(complaint.contains("tidemill.engines.libvips"), complaint);
        assertTrue(complaint.contains(none.toString()), complaint);
    }

    /** As its own program finds it. */
    private static Optional<Path> systemsLibvips() throws Exception {
        Optional<Path> program = Executables.find("vips");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Process ldd = new ProcessBuilder("ldd", program.get().toString()).start();
        try (BufferedReader lines = ldd.inputReader()) {
            return lines.lines()
                    .map(line -> line.strip().split(" "))
                    .filter(words -> words[0].equals("libvips.so.42"))
                    .map(words -> Path.of(words[2]))
                    .findFirst();
        }
    }

    private static BuiltinOperations open(Path libvips) {
        EngineSettings usual = EngineSettings.defaults(1);
        return BuiltinOperations.open(
                new EngineSettings(
                        usual.hosts(), Optional.empty(), Optional.of(libvips), false, false));
    }

    private static List<String> names(boolean local) {
        try (BuiltinOperations builtins = open(local)) {
            return builtins.operations().stream().map(Operation::name).toList();
        }
    }

    private static BuiltinOperations open(boolean local) {
        EngineSettings settings = EngineSettings.defaults(1);
        return BuiltinOperations.open(
                new EngineSettings(
                        settings.hosts(), Optional.empty(), Optional.empty(), true, local));
    }
}
