package io.tidemill.local.up;

import io.tidemill.local.folder.DataFolder;
import io.tidemill.local.process.Command;
import io.tidemill.local.process.ProcessStarter;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays out jobs-api and file-processor processes on one data folder. Starts none of them. */
public final class ServicePlaces {
    private final Programs programs;
    private final DataFolder data;
    private final ProcessStarter starter;
    private final Map<String, String> connections;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * @param connections variables that say where database and broker are
     */
    public ServicePlaces(
            Programs programs,
            DataFolder data,
            ProcessStarter starter,
            Map<String, String> connections) {
        this.programs = programs;
        this.data = data;
        this.starter = starter;
        this.connections = Map.copyOf(connections);
    }

    /**
     * @param further variables on top of, and stronger than, the usual ones
     */
    public Place api(String name, int port, Map<String, String> further) {
        return place(Place.Role.API, name, programs.jobsApi(), port, further);
    }

    /**
     * @param further variables on top of, and stronger than, the usual ones
     */
    public Place processor(String name, int port, Map<String, String> further) {
        Map<String, String> all = new HashMap<>();
        all.put("TIDEMILL_WORKSPACE_ROOT", data.workspace(name).toString());
        all.putAll(further);
        return place(Place.Role.PROCESSOR, name, programs.fileProcessor(), port, all);
    }

    private Place place(
            Place.Role role,
            String name,
            List<String> program,
            int port,
            Map<String, String> further) {
        Map<String, String> environment = new HashMap<>(environment(port));
        environment.putAll(further);
        Command command = new Command(name, program, environment, Command.StopSignal.TERM);
        String url = "http://127.0.0.1:" + port;
        return new Place(
                role,
                new QuarkusService(starter, command, URI.create(url), http),
                Map.of("url", url));
    }

    private Map<String, String> environment(int port) {
        Map<String, String> environment = new HashMap<>(connections);
        environment.put("QUARKUS_PROFILE", "local");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("TIDEMILL_STORAGE_ROOT", data.storage().toString());
        return environment;
    }
}
