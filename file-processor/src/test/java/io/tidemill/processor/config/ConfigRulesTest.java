package io.tidemill.processor.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigRulesTest {
    @Test
    void theDefaultsAreAsDocumented() {
        ProcessorConfig config = config(Map.of());
        assertDoesNotThrow(() -> ConfigRules.check(config));
        assertEquals(Runtime.getRuntime().availableProcessors(), config.worker().slots());
        assertEquals("standard", config.worker().taskQueue());
        assertEquals(Duration.ofSeconds(5), config.worker().heartbeat());
        assertEquals(Duration.ofSeconds(30), config.worker().announce());
        assertEquals(Duration.ofSeconds(20), config.worker().drain());
        assertEquals(2L << 30, config.workspace().maxOutputBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "tidemill.worker.slots, 0",
        "tidemill.worker.slots, 257",
        "tidemill.worker.task-queue, Standard Queue",
        "tidemill.worker.name, -",
        "tidemill.worker.heartbeat, 1ms",
        "tidemill.worker.announce, 0s",
        "tidemill.worker.drain, -1s",
        "tidemill.worker.end-when-idle, 0s",
        "tidemill.pod.interval, 0s",
        "tidemill.workspace.max-output-bytes, 0"
    })
    void aValueThatMakesNoSenseIsRefusedByItsKey(String key, String value) {
        ProcessorConfig config = config(Map.of(key, value));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ConfigRules.check(config));
        assertTrue(String.valueOf(refused.getMessage()).startsWith(key), refused.getMessage());
    }

    private static ProcessorConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("tidemill.storage.root", "storage");
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(ProcessorConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 1))
                .withConverter(Duration.class, 200, DurationConverter::parseDuration)
                .withDefaultValue("java.io.tmpdir", "tmp")
                .build()
                .getConfigMapping(ProcessorConfig.class);
    }
}
