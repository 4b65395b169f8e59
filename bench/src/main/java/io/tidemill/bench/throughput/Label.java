package io.tidemill.bench.throughput;

/**
 * What people are told of a contender.
 *
 * @param name of its row
 * @param about how it is set up
 */
record Label(String name, Kind kind, String about) {
    /** What it is to us. */
    enum Kind {
        /** What is measured. */
        OURS,
        /** A system that does the like for its users. */
        PEER,
        /** No system, only what every system rests on. */
        BARE
    }

    static Label ours(String name, String about) {
        return new Label(name, Kind.OURS, about);
    }

    static Label peer(String name, String about) {
        return new Label(name, Kind.PEER, about);
    }

    static Label bare(String name, String about) {
        return new Label(name, Kind.BARE, about);
    }
}
