package io.tidemill.faults.row;

/** What a row does to the system while jobs run; returns when the fault is over. */
@FunctionalInterface
public interface Injection {
    /**
     * @throws Exception if the fault could not be injected, or what must hold during it did not
     */
    void into(Scene scene) throws Exception;
}
