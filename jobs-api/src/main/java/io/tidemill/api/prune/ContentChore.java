package io.tidemill.api.prune;

import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.store.PruneStore;
import io.tidemill.api.web.Blocking;
import io.tidemill.storage.FileStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Removes bytes of deleted files. They have a grace period, and whoever stores the same bytes again
 * meanwhile keeps them.
 */
@ApplicationScoped
class ContentChore implements Chore {
    private static final Logger LOG = Logger.getLogger(ContentChore.class);
    private static final int BATCH = 500;

    private final PruneStore store;
    private final FileStore storage;
    private final Duration grace;

    ContentChore(PruneStore store, FileStore storage, ApiConfig config) {
        this.store = store;
        this.storage = storage;
        this.grace = config.retention().unreferencedContent();
    }

    @Override
    public void run() throws IOException {
        Blocking.await(store::noteUnreferenced);
        List<String> gone = new ArrayList<>();
        for (String sha256 : Blocking.await(() -> store.takeDue(grace, BATCH))) {
            if (storage.removeUnlessPutSince(sha256, Instant.now().minus(grace))) {
                gone.add(sha256);
            }
        }
        if (!gone.isEmpty()) {
            Blocking.await(() -> store.pruned(gone));
            LOG.infof("Removed %d contents nobody referred to", gone.size());
        }
    }
}
