package io.tidemill.api.file;

import io.tidemill.api.config.ApiConfig;
import io.tidemill.storage.FileStore;
import io.tidemill.storage.filesystem.FilesystemStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;

/** Provides the store the configuration names. */
@ApplicationScoped
class Storage {
    @Produces
    @ApplicationScoped
    FileStore store(ApiConfig config) throws IOException {
        return new FilesystemStore(config.storage().root());
    }
}
