package io.tidemill.faults.load;

import java.util.List;

/**
 * What a client was told: the job of this key is accepted.
 *
 * @param key Idempotency-Key and client reference
 */
public record Promise(String key, String jobId, List<SentFile> files, Shape shape) {
    public Promise {
        files = List.copyOf(files);
    }

    public String path() {
        return "/v1/jobs/" + jobId;
    }
}
