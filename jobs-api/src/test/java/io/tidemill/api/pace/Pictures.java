package io.tidemill.api.pace;

import io.quarkus.arc.Arc;

/** Lets tests of other packages have the task queues looked at anew. */
public final class Pictures {
    private Pictures() {}

    public static void forget() {
        Arc.container().instance(QueueMemory.class).get().forget();
    }
}
