package io.tidemill.faults.system;

import io.tidemill.local.LocalServices;
import io.tidemill.local.RunningService;
import io.tidemill.local.process.FreePort;
import io.tidemill.local.process.Wait;
import io.tidemill.local.up.Keeper;
import io.tidemill.local.up.Place;
import io.tidemill.local.up.Programs;
import io.tidemill.local.up.ServicePlaces;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The whole system under test: database, broker, two replicas of the API, three processors. */
public final class Plant implements AutoCloseable {
    private static final int APIS = 2;
    private static final int PROCESSORS = 3;
    private static final int SLOTS = 2;
    private static final Duration WHOLE_WITHIN = Duration.ofMinutes(2);

    private final LocalServices foundation;
    private final Links links;
    private final List<Unit> apis = new ArrayList<>();
    private final List<Unit> processors = new ArrayList<>();

    private Plant(LocalServices foundation, Links links) {
        this.foundation = foundation;
        this.links = links;
    }

    /**
     * Returns when all of it serves.
     *
     * @param news takes lines for people
     */
    public static Plant start(
            Programs programs, Setup setup, Timing timing, Path folder, Consumer<String> news) {
        LocalServices foundation = LocalServices.start(folder);
        Plant plant = new Plant(foundation, Links.to(foundation.environment(), setup.linked()));
        try {
            plant.lay(programs, setup, timing, news);
            plant.units().forEach(Unit::start);
            plant.units().forEach(Unit::awaitReady);
            return plant;
        } catch (RuntimeException e) {
            plant.close();
            throw e;
        }
    }

    /** What a crashing JVM writes belongs beside its log, not into somebody's current folder. */
    private String crashFiles() {
        Path logs = foundation.data().logs();
        return "-XX:ErrorFile=%1$s/crash-%%p.log -XX:ReplayDataFile=%1$s/replay-%%p.log"
                .formatted(logs);
    }

    private void lay(Programs programs, Setup setup, Timing timing, Consumer<String> news) {
        ServicePlaces places =
                new ServicePlaces(
                        programs, foundation.data(), foundation.starter(), links.environment());
        for (int i = 1; i <= APIS; i++) {
            String name = "jobs-api-" + i;
            Map<String, String> variables = variables(setup, timing, name);
            apis.add(unit(places.api(name, FreePort.find(), variables), news));
        }
        for (int i = 1; i <= PROCESSORS; i++) {
            String name = "file-processor-" + i;
            Map<String, String> variables = variables(setup, timing, name);
            variables.put("TIDEMILL_WORKER_SLOTS", String.valueOf(SLOTS));
            variables.put("TIDEMILL_WORKER_NAME", name);
            processors.add(unit(places.processor(name, FreePort.find(), variables), news));
        }
    }

    private Map<String, String> variables(Setup setup, Timing timing, String name) {
        Map<String, String> variables = new HashMap<>(timing.environment());
        variables.put("JAVA_TOOL_OPTIONS", crashFiles());
        variables.put("TIDEMILL_FAILPOINTS", failpoints().toString());
        variables.put("TIDEMILL_ENGINES_EMBEDDED_ONLY", "true");
        variables.putAll(setup.environment());
        variables.putAll(setup.own().getOrDefault(name, Map.of()));
        return variables;
    }

    private static Unit unit(Place place, Consumer<String> news) {
        return new Unit(place, new Keeper(place, () -> {}, news));
    }

    public List<Unit> apis() {
        return List.copyOf(apis);
    }

    public List<Unit> processors() {
        return List.copyOf(processors);
    }

    public List<Unit> units() {
        return Stream.concat(apis.stream(), processors.stream()).toList();
    }

    public List<URI> urls() {
        return apis.stream().map(Unit::url).toList();
    }

    public RunningService broker() {
        return foundation.broker();
    }

    public RunningService postgres() {
        return foundation.postgres();
    }

    /** The way to the database, and what can be done to it. */
    public Database database() {
        return new Database(foundation.environment());
    }

    /** Where broker and database really are, past the proxies. */
    public Map<String, String> environment() {
        return foundation.environment();
    }

    public Links links() {
        return links;
    }

    public Path storage() {
        return foundation.data().storage();
    }

    public Path brokerFolder() {
        return foundation.data().broker();
    }

    /** A file here kills the first process that reaches the step it is named after. */
    public Path failpoints() {
        return foundation.data().path().resolve("failpoints");
    }

    /** Whether all services came to serve within the time. */
    public boolean isWhole() {
        return Wait.until(WHOLE_WITHIN, () -> units().stream().allMatch(Unit::isReady));
    }

    @Override
    public void close() {
        links.heal();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            units().forEach(unit -> all.execute(unit::stop));
        }
        links.close();
        foundation.close();
    }
}
