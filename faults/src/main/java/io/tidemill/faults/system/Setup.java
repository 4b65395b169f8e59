package io.tidemill.faults.system;

import java.util.Map;

/**
 * What is special about the system a row runs on; rows of equal setups share one system.
 *
 * @param name short, for logs
 * @param linked the services reach broker and database through fault proxies
 * @param smallDisk the stored files lie on a tmpfs of a few megabytes
 * @param environment further variables of all services
 * @param own further variables of single services, by their name
 */
public record Setup(
        String name,
        boolean linked,
        boolean smallDisk,
        Map<String, String> environment,
        Map<String, Map<String, String>> own) {
    public static final Setup USUAL = new Setup("usual", false, false, Map.of(), Map.of());

    public static final Setup LINKED = new Setup("linked", true, false, Map.of(), Map.of());

    public static final Setup SMALL_DISK = new Setup("small-disk", false, true, Map.of(), Map.of());

    /** The services die where a failpoint tells them to. */
    public static final Setup DRILL = all("drill", Map.of("QUARKUS_PROFILE", "local,test"));

    public Setup {
        environment = Map.copyOf(environment);
        own = Map.copyOf(own);
    }

    /** The usual one, with variables for single services. */
    public static Setup own(String name, Map<String, Map<String, String>> own) {
        return new Setup(name, false, false, Map.of(), own);
    }

    /** The usual one, with variables for all services. */
    public static Setup all(String name, Map<String, String> environment) {
        return new Setup(name, false, false, environment, Map.of());
    }
}
