package io.tidemill.bench.throughput;

/** A system that is to do many tasks that do nothing. */
interface Contender {
    /** How its row is called. */
    String name();

    /**
     * Does so many tasks; returns when all are done and counted.
     *
     * @throws Exception if it cannot be measured
     */
    Outcome round(int tasks) throws Exception;
}
