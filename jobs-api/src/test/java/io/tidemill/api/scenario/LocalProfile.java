package io.tidemill.api.scenario;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/**
 * The local profile on real services, with short times so that nobody waits long for a rescue. All
 * scenarios share it, and with it one start of the service.
 */
public final class LocalProfile implements QuarkusTestProfile {
    /** Bytes a file may have here. */
    static final int MAX_UPLOAD = 8 * 1024 * 1024;

    @Override
    public String getConfigProfile() {
        return "local";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "tidemill.lease.duration", "2s",
                "tidemill.lease.interval", "200ms",
                "tidemill.dispatch.interval", "200ms",
                "tidemill.dispatch.resend-after", "2s",
                "tidemill.retention.unreferenced-content", "1s",
                "tidemill.retention.interval", "300ms",
                "tidemill.upload.max-bytes", String.valueOf(MAX_UPLOAD));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(LocalServicesResource.class));
    }
}
