package io.tidemill.api.telemetry;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether anybody wants to know: what must be looked up to be measured is not looked up in vain.
 */
@Singleton
public class Measuring {
    private final boolean wanted;

    Measuring(@ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        this.wanted = !disabled;
    }

    public boolean wanted() {
        return wanted;
    }
}
