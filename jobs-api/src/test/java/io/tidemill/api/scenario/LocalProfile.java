package io.tidemill.api.scenario;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.tidemill.local.process.FreePort;
import java.util.List;
import java.util.Map;

/**
 * The local profile on real services, with short times so that nobody waits long for a rescue. All
 * scenarios share it, and with it one start of the service.
 */
public final class LocalProfile implements QuarkusTestProfile {
    /**
     * The mail server listens late, in its own test; until then nobody else may take its port, and
     * others look for theirs further up.
     */
    private static final int MAIL_PORTS = 10_000;

    /** Bytes a file may have here. */
    static final int MAX_UPLOAD = 8 * 1024 * 1024;

    /** Webhook endpoints of one owner. */
    static final int ENDPOINTS = 6;

    @Override
    public String getConfigProfile() {
        return "local";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("tidemill.reconcile.interval", "300ms"),
                Map.entry("tidemill.estimate.interval", "200ms"),
                Map.entry("tidemill.job.clock-interval", "200ms"),
                Map.entry("tidemill.lease.duration", "2s"),
                Map.entry("tidemill.lease.interval", "200ms"),
                Map.entry("tidemill.dispatch.interval", "200ms"),
                Map.entry("tidemill.dispatch.resend-after", "2s"),
                Map.entry("tidemill.retention.unreferenced-content", "1s"),
                Map.entry("tidemill.retention.interval", "300ms"),
                Map.entry("tidemill.webhook.endpoints", String.valueOf(ENDPOINTS)),
                Map.entry("tidemill.webhook.retry-waits", "300ms,500ms"),
                Map.entry("tidemill.webhook.timeout", "2s"),
                Map.entry("tidemill.webhook.lease", "5s"),
                Map.entry("tidemill.webhook.interval", "100ms"),
                Map.entry("tidemill.scaling.token", ScalingIT.TOKEN),
                Map.entry("tidemill.stream.ping", "1s"),
                Map.entry("tidemill.mail.host", "127.0.0.1"),
                Map.entry(
                        "tidemill.mail.port",
                        String.valueOf(FreePort.find(MAIL_PORTS, FreePort.FIRST))),
                Map.entry("tidemill.mail.from", "tidemill@example.org"),
                Map.entry("tidemill.upload.max-bytes", String.valueOf(MAX_UPLOAD)));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(LocalServicesResource.class));
    }
}
