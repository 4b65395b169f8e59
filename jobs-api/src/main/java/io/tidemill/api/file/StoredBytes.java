package io.tidemill.api.file;

import io.tidemill.storage.ContentNotFoundException;
import io.tidemill.storage.FileStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * Opens stored bytes for a client. A hiccup of storage is bridged by two quick retries before the
 * first byte is sent. Bytes that come in are not guarded: a client's stream cannot be read twice.
 */
@Singleton
class StoredBytes {
    private final FileStore storage;

    StoredBytes(FileStore storage) {
        this.storage = storage;
    }

    /**
     * The bytes from {@code offset} on, {@code length} of them.
     *
     * @throws IOException when storage fails again and again
     */
    @Retry(
            maxRetries = 2,
            delay = 200,
            jitter = 100,
            retryOn = IOException.class,
            abortOn = ContentNotFoundException.class)
    InputStream open(String sha256, long offset, long length) throws IOException {
        return storage.open(sha256, offset, length);
    }
}
