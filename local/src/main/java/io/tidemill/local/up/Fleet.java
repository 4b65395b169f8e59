package io.tidemill.local.up;

import io.tidemill.local.broker.BrokerService;
import io.tidemill.local.folder.Connections;
import io.tidemill.local.folder.Credentials;
import io.tidemill.local.folder.DataFolder;
import io.tidemill.local.postgres.PostgresService;
import io.tidemill.local.process.FreePort;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.ProcessStarter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lays out all processes of one launch: ports, addresses, environment. Starts none of them. */
final class Fleet {
    private final UpOptions options;
    private final DataFolder data;
    private final ProcessStarter starter;
    private final int databasePort = FreePort.find();
    private final int brokerPort = FreePort.find();
    private final ServicePlaces places;
    private final Programs programs;

    Fleet(UpOptions options, Programs programs, DataFolder data, ProcessStarter starter) {
        this.options = options;
        this.data = data;
        this.starter = starter;
        this.programs = programs;
        this.places =
                new ServicePlaces(
                        programs,
                        data,
                        starter,
                        Connections.environment(
                                data.credentials(),
                                PostgresService.DATABASE,
                                databasePort,
                                brokerPort));
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
                new BrokerService(starter, data, brokerPort, programs.shortLived()),
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
        return places.api(name, port, Map.of());
    }

    private Place processor(int number) {
        return places.processor("file-processor-" + number, FreePort.find(), Map.of());
    }
}
