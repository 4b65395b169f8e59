package io.tidemill.local.up;

import io.tidemill.local.broker.BrokerService;
import io.tidemill.local.folder.Connections;
import io.tidemill.local.folder.Credentials;
import io.tidemill.local.folder.DataFolder;
import io.tidemill.local.postgres.PostgresService;
import io.tidemill.local.process.Command;
import io.tidemill.local.process.FreePort;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.ProcessStarter;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lays out all processes of one launch: ports, addresses, environment. Starts none of them. */
final class Fleet {
    private final UpOptions options;
    private final Programs programs;
    private final DataFolder data;
    private final ProcessStarter starter;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int databasePort = FreePort.find();
    private final int brokerPort = FreePort.find();

    Fleet(UpOptions options, Programs programs, DataFolder data, ProcessStarter starter) {
        this.options = options;
        this.programs = programs;
        this.data = data;
        this.starter = starter;
    }

    /** What the others need, so that it must start first and end last. */
    List<Place> foundation() {
        return List.of(broker(), postgres());
    }

    /** What stands on the foundation. */
    List<Place> services() {
        Stream<Place> apis = IntStream.rangeClosed(1, options.apis()).mapToObj(this::api);
        Stream<Place> processors =
                IntStream.rangeClosed(1, options.processors()).mapToObj(this::processor);
        return Stream.concat(apis, processors).toList();
    }

    private Place postgres() {
        Credentials credentials = data.credentials();
        return new Place(
                Place.Role.POSTGRES,
                new PostgresService(starter, data, databasePort),
                Map.of(
                        "host",
                        "127.0.0.1",
                        "port",
                        databasePort,
                        "database",
                        PostgresService.DATABASE,
                        "username",
                        credentials.username(),
                        "password",
                        credentials.databasePassword()));
    }

    private Place broker() {
        Credentials credentials = data.credentials();
        return new Place(
                Place.Role.BROKER,
                new BrokerService(starter, data, brokerPort),
                Map.of(
                        "amqp", "amqp://127.0.0.1:" + brokerPort,
                        "username", credentials.username(),
                        "password", credentials.brokerPassword()));
    }

    private Place api(int number) {
        int port = options.port() + number - 1;
        if (!FreePort.isFree(port)) {
            throw new LaunchException(
                    "port %d is in use; choose another with --port".formatted(port));
        }
        String name = options.apis() == 1 ? "jobs-api" : "jobs-api-" + number;
        return place(Place.Role.API, name, programs.jobsApi(), port, Map.of());
    }

    private Place processor(int number) {
        String name = "file-processor-" + number;
        Map<String, String> workspace =
                Map.of("TIDEMILL_WORKSPACE_ROOT", data.workspace(name).toString());
        return place(
                Place.Role.PROCESSOR, name, programs.fileProcessor(), FreePort.find(), workspace);
    }

    private Place place(
            Place.Role role,
            String name,
            List<String> program,
            int port,
            Map<String, String> furtherEnvironment) {
        Map<String, String> environment = new HashMap<>(environment(port));
        environment.putAll(furtherEnvironment);
        Command command = new Command(name, program, environment, Command.StopSignal.TERM);
        String url = "http://127.0.0.1:" + port;
        return new Place(
                role,
                new QuarkusService(starter, command, URI.create(url), http),
                Map.of("url", url));
    }

    private Map<String, String> environment(int port) {
        Map<String, String> environment =
                new HashMap<>(
                        Connections.environment(
                                data.credentials(),
                                PostgresService.DATABASE,
                                databasePort,
                                brokerPort));
        environment.put("QUARKUS_PROFILE", "local");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("TIDEMILL_STORAGE_ROOT", data.storage().toString());
        return environment;
    }
}
