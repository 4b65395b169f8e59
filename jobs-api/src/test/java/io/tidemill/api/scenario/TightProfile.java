package io.tidemill.api.scenario;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Limits that a test can reach, and services that it may kill. */
public final class TightProfile implements QuarkusTestProfile {
    static final int BACKLOG = 100;
    static final int OWNER_BACKLOG = 60;
    static final int REQUESTS = 12;
    static final int UPLOADS = 3;
    static final int STREAMS = 40;
    static final int CONNECTIONS = 5;
    static final int UPLOAD_BYTES = 4 * 1024 * 1024;

    private final LocalProfile local = new LocalProfile();

    @Override
    public String getConfigProfile() {
        return local.getConfigProfile();
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(local.getConfigOverrides());
        settings.put("tidemill.overload.backlog", String.valueOf(BACKLOG));
        settings.put("tidemill.overload.owner-backlog", String.valueOf(OWNER_BACKLOG));
        settings.put("tidemill.overload.interval", "100ms");
        settings.put("tidemill.overload.requests", String.valueOf(REQUESTS));
        settings.put("quarkus.datasource.reactive.max-size", String.valueOf(CONNECTIONS));
        // tests write jobs whose counters no task bears out
        settings.put("tidemill.reconcile.interval", "1h");
        settings.put("tidemill.database.timeout", "2s");
        settings.put("tidemill.database.answer-timeout", "4s");
        // a test may take its time before it reads
        settings.put("quarkus.http.idle-timeout", "10m");
        settings.put("tidemill.stream.max", String.valueOf(STREAMS));
        settings.put("tidemill.overload.uploads", String.valueOf(UPLOADS));
        settings.put("tidemill.overload.upload-bytes", String.valueOf(UPLOAD_BYTES));
        return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return local.testResources();
    }
}
