package io.tidemill.api.model;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.tidemill.api.scenario.LocalServicesResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The local profile without a broker and with timers that never fire: only the model acts. */
public final class ModelProfile implements QuarkusTestProfile {
    private static final List<String> TIMERS =
            List.of(
                    "tidemill.lease.interval",
                    "tidemill.dispatch.interval",
                    "tidemill.job.clock-interval",
                    "tidemill.reconcile.interval",
                    "tidemill.retention.interval");

    @Override
    public String getConfigProfile() {
        return "local";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>();
        TIMERS.forEach(timer -> overrides.put(timer, "10h"));
        overrides.put("amqp-port", "1");
        overrides.put("tidemill.dispatch.min-bundles", "50");
        overrides.put("quarkus.log.category.\"io.tidemill\".level", "ERROR");
        return overrides;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(LocalServicesResource.class));
    }
}
