package io.tidemill.bench.peer;

/** What a peer can be asked for. */
interface PeerWork extends AutoCloseable {
    /**
     * Hands in so many jobs, all that it can at once; returns when the peer has recorded the end of
     * each.
     *
     * @throws Exception if it cannot be done
     */
    void run(int jobs) throws Exception;
}
