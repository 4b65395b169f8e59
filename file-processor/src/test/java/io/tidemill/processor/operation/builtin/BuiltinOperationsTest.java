package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.contract.Operations;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Operation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuiltinOperationsTest {
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

    private static List<String> names(boolean local) {
        try (BuiltinOperations builtins = open(local)) {
            return builtins.operations().stream().map(Operation::name).toList();
        }
    }

    private static BuiltinOperations open(boolean local) {
        EngineSettings settings = EngineSettings.defaults(1);
        return BuiltinOperations.open(
                new EngineSettings(settings.hosts(), Optional.empty(), true, local));
    }
}
