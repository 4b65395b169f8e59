package io.tidemill.api.stream;

/**
 * Leads to one client. What it does not take at once is kept, but only little; whoever writes asks
 * first. Used on the client's event loop only.
 */
interface Outlet {
    /** The client may be told that there is a stream, though there is nothing to tell yet. */
    void begin();

    void send(StreamEvent event);

    /** The client has enough to read; a feed is told when it has read it. */
    boolean isFull();

    /** There will be nothing more. */
    void end();
}
