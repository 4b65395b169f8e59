package io.tidemill.api.prune;

import java.io.IOException;

/** Something the {@link Pruner} does every round. It may run on two replicas at once. */
interface Chore {
    /** One round; blocks. */
    void run() throws IOException;
}
