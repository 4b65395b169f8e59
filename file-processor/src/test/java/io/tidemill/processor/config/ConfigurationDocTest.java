package io.tidemill.processor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tidemill.contract.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the document says about the settings of file-processor is what the code has. */
class ConfigurationDocTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

    @Test
    void everySettingIsDocumentedWithItsDefaultAndNoOther() throws IOException {
        String prefix = ProcessorConfig.class.getAnnotation(ConfigMapping.class).prefix();
        assertEquals(
                Settings.inCode(
                        ProcessorConfig.class,
                        prefix,
                        method ->
                                Optional.ofNullable(method.getAnnotation(WithDefault.class))
                                        .map(WithDefault::value)),
                Settings.inDocument(Files.readString(DOCUMENT), "Settings of file-processor"),
                "expected: ProcessorConfig; actual: " + DOCUMENT);
    }
}
