package io.tidemill.processor.failpoint;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Arms the failpoints, if the profile {@code test} is on and a folder is named; else nothing can.
 */
@Singleton
final class FailpointSwitch {
    private static final String FOLDER = "tidemill.failpoints";

    void start(@Observes StartupEvent event) {
        if (ConfigUtils.isProfileActive("test")) {
            ConfigProvider.getConfig()
                    .getOptionalValue(FOLDER, Path.class)
                    .ifPresent(Failpoint::arm);
        }
    }
}
