package io.tidemill.local.postgres;

import io.tidemill.local.folder.Credentials;
import io.tidemill.local.folder.Folders;
import io.tidemill.local.folder.OwnerOnly;
import io.tidemill.local.process.LaunchException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The folder in which PostgreSQL keeps its data. */
final class Cluster {
    static final String SUPERUSER = "postgres";

    private Cluster() {}

    /** Makes the cluster if it is not there. A kill in the middle leaves nothing half-made. */
    static void create(Path binaries, Path folder, Credentials credentials) {
        if (Files.exists(folder.resolve("PG_VERSION"))) {
            return;
        }
        Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
        try {
            Folders.delete(fresh);
            initialise(binaries, fresh, credentials);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LaunchException("cannot create the database: " + e.getMessage(), e);
        }
    }

    private static void initialise(Path binaries, Path fresh, Credentials credentials)
            throws IOException {
        Path password = fresh.resolveSibling("postgres.password");
        Path log = fresh.resolveSibling("logs").resolve("initdb.log");
        Files.createDirectories(log.getParent());
        OwnerOnly.write(password, credentials.databasePassword());
        try {
            int code = Exit.of(initdb(binaries, fresh, password, log.toFile()));
            if (code != 0) {
                throw new LaunchException("initdb ended with " + code + "; see " + log);
            }
        } finally {
            Files.delete(password);
        }
    }

    private static Process initdb(Path binaries, Path fresh, Path password, File log)
            throws IOException {
        List<String> command = new ArrayList<>(PrivilegeDrop.prefix());
        command.add(binaries.resolve("bin/initdb").toString());
        command.addAll(List.of("-D", fresh.toString(), "-U", SUPERUSER));
        command.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + password));
        command.addAll(List.of("--encoding=UTF8", "--no-locale"));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    }
}
