package io.tidemill.bench.throughput;

/** Something that is to do many tasks that do nothing. */
interface Contender {
    Label label();

    /**
     * Does so many tasks; returns when all are done and counted.
     *
     * @throws Exception if it cannot be measured
     */
    Outcome round(int tasks) throws Exception;
}
