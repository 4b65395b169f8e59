package io.tidemill.bench.standing;

import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.local.LocalServices;
import io.tidemill.local.process.FreePort;
import io.tidemill.local.process.ProcessMark;
import io.tidemill.local.up.Keeper;
import io.tidemill.local.up.Place;
import io.tidemill.local.up.Programs;
import io.tidemill.local.up.ServicePlaces;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The system whose tasks are measured: PostgreSQL, broker, one API, one processor, compiled as well
 * as the JVM can.
 */
public final class StandingSystem implements AutoCloseable {
    public static final String API = "jobs-api";
    public static final String POSTGRES = "postgres";
    public static final String PROCESSOR = "file-processor";
    private static final String BROKER = "broker";

    /** What is measured is work, not its refusal. */
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "TIDEMILL_OVERLOAD_REQUESTS", "20000",
                    "TIDEMILL_OVERLOAD_BACKLOG", "10000000",
                    "TIDEMILL_OVERLOAD_OWNER_BACKLOG", "10000000");

    private final LocalServices foundation;
    private final Place place;
    private final Keeper api;
    private final Keeper processor;

    private StandingSystem(LocalServices foundation, Place place, Keeper processor) {
        this.foundation = foundation;
        this.place = place;
        this.api = new Keeper(place, () -> {}, System.out::println);
        this.processor = processor;
    }

    /** Returns when all of it serves. */
    public static StandingSystem start(Path home, Path folder) {
        LocalServices foundation = LocalServices.start(folder);
        ServicePlaces places =
                new ServicePlaces(
                        new Programs(home, false),
                        foundation.data(),
                        foundation.starter(),
                        foundation.environment());
        StandingSystem system =
                new StandingSystem(
                        foundation,
                        places.api(API, FreePort.find(), SETTINGS),
                        new Keeper(
                                places.processor(PROCESSOR, FreePort.find(), SETTINGS),
                                () -> {},
                                System.out::println));
        try {
            system.api.start();
            system.processor.start();
            system.api.awaitReadyAndWatch();
            system.processor.awaitReadyAndWatch();
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    public URI url() {
        return URI.create(String.valueOf(place.reach().get("url")));
    }

    /** Where broker and database are. */
    public Map<String, String> environment() {
        return foundation.environment();
    }

    public Connection database() throws SQLException {
        return new JdbcAddress(environment()).connect();
    }

    /** What one of its processes has cost so far. */
    public ProcessCost cost(String process) {
        return ProcessCost.of(
                switch (process) {
                    case API -> pid(api);
                    case PROCESSOR -> pid(processor);
                    case BROKER -> foundation.broker().pid();
                    case POSTGRES -> foundation.postgres().pid();
                    default -> throw new IllegalArgumentException("no process " + process);
                });
    }

    /** What each of its processes has cost so far, by name. */
    public Map<String, ProcessCost> costs() {
        Map<String, ProcessCost> costs = new LinkedHashMap<>();
        for (String process : List.of(API, PROCESSOR, BROKER, POSTGRES)) {
            costs.put(process, cost(process));
        }
        return costs;
    }

    /**
     * CPU seconds that the engines of its processor have spent so far, hosts and programs alike.
     */
    public double engineSeconds() {
        ProcessHandle own = ProcessHandle.of(pid(processor)).orElseThrow();
        return ProcessCost.of(own).cpuSince(ProcessCost.alone(own));
    }

    private static long pid(Keeper keeper) {
        return keeper.process().map(ProcessMark::pid).orElseThrow();
    }

    /** The last first, so that the processor can give back what it has. */
    @Override
    public void close() {
        processor.stop();
        api.stop();
        foundation.close();
    }
}
