package io.tidemill.local.postgres;

import io.tidemill.local.folder.Credentials;
import io.tidemill.local.folder.DataFolder;
import io.tidemill.local.process.Child;
import io.tidemill.local.process.Command;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.ProcessStarter;
import io.tidemill.local.process.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL on loopback, as safe against loss as in production: what is committed survives kill -9
 * and a power cut.
 */
public final class PostgresService implements Service {
    /** The database the application uses; its owner is no superuser. */
    public static final String DATABASE = "tidemill";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("listen_addresses", "127.0.0.1"),
                    Map.entry("unix_socket_directories", ""),
                    Map.entry("fsync", "on"),
                    Map.entry("synchronous_commit", "on"),
                    Map.entry("full_page_writes", "on"),
                    Map.entry("shared_buffers", "128MB"),
                    Map.entry("max_connections", "100"),
                    Map.entry("max_wal_size", "1GB"),
                    Map.entry("log_timezone", "UTC"),
                    Map.entry("timezone", "UTC"));

    private final ProcessStarter starter;
    private final Path folder;
    private final Credentials credentials;
    private final int port;

    public PostgresService(ProcessStarter starter, DataFolder data, int port) {
        this.starter = starter;
        this.folder = data.postgres();
        this.credentials = data.credentials();
        this.port = port;
    }

    @Override
    public String name() {
        return "postgres";
    }

    public int port() {
        return port;
    }

    @Override
    public Child start() {
        Path binaries = PostgresBinaries.unpack();
        Cluster.create(binaries, folder, credentials);
        List<String> command = new ArrayList<>(PrivilegeDrop.prefix());
        command.add(binaries.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", folder.toString(), "-p", String.valueOf(port)));
        SETTINGS.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        return starter.start(new Command(name(), command, Map.of(), Command.StopSignal.INT));
    }

    @Override
    public void awaitReady(Child child) {
        Databases databases = databases();
        child.awaitReady(START_LIMIT, databases::answers);
        databases.create(DATABASE);
    }

    /**
     * Makes an empty database of this name, owned by the application's user; one that is there
     * stays as it is.
     *
     * @throws LaunchException if the server does not answer
     */
    public void createDatabase(String name) {
        databases().create(name);
    }

    private Databases databases() {
        return new Databases(port, credentials);
    }
}
