package io.tidemill.api.scenario;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tidemill.local.LocalServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, broker and an empty storage folder, once for all scenarios of a run. */
public final class LocalServicesResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable LocalServices services;

    @Override
    public Map<String, String> start() {
        try {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            LocalServices started =
                    LocalServices.start(Files.createTempDirectory(target, "services"));
            services = started;
            Map<String, String> properties = new HashMap<>(started.properties());
            properties.put(
                    "tidemill.storage.root",
                    Files.createTempDirectory(target, "storage").toString());
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For tests that kill one of them. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(services, new TestInjector.MatchesType(LocalServices.class));
    }

    @Override
    public void stop() {
        if (services != null) {
            services.close();
        }
    }
}
