package io.tidemill.faults.row;

import io.tidemill.faults.system.Database;
import io.tidemill.faults.system.Signal;
import io.tidemill.faults.system.Unit;
import io.tidemill.local.RunningService;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Faults of PostgreSQL. */
final class DatabaseRows {
    private static final Duration OUTAGE = Duration.ofSeconds(15);
    private static final Duration FROZEN = Duration.ofSeconds(30);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);
    private static final int MORE_THAN_THERE_ARE = 200;

    private DatabaseRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                        "postgres-stopped-immediately",
                        "PostgreSQL stops without a checkpoint twice, and is away for some seconds",
                        scene -> {
                            stop(scene, Duration.ofSeconds(3));
                            scene.lastAbout(4);
                            stop(scene, OUTAGE);
                        }),
                FaultRow.of(
                        "postgres-frozen",
                        "PostgreSQL is frozen for longer than a lease, then goes on",
                        DatabaseRows::freeze),
                FaultRow.of(
                        "postgres-backends-terminated",
                        "all connections of the services are ended, five times",
                        DatabaseRows::terminate),
                FaultRow.of(
                        "postgres-read-only",
                        "PostgreSQL takes no writes for 15 s, as after a failover to a standby",
                        DatabaseRows::readOnly),
                FaultRow.of(
                        "postgres-connections-exhausted",
                        "strangers hold every connection for 15 s",
                        DatabaseRows::exhaust));
    }

    private static void stop(Scene scene, Duration away) {
        RunningService postgres = scene.plant().postgres();
        long pid = postgres.pid();
        if (Signal.QUIT.send(pid)) {
            scene.did("database stopped");
        }
        try {
            scene.require(
                    STOPS_WITHIN, "the database stopped", () -> Unit.awaitDeath(pid, STOPS_WITHIN));
            scene.last(away);
        } finally {
            postgres.startAgain();
        }
    }

    /** It neither answers nor breaks its connections; processors cannot be heard meanwhile. */
    private static void freeze(Scene scene) {
        ProcessHandle postmaster = ProcessHandle.of(scene.plant().postgres().pid()).orElseThrow();
        List<Long> processes =
                Stream.concat(Stream.of(postmaster), postmaster.descendants())
                        .map(ProcessHandle::pid)
                        .toList();
        scene.did(
                "process of the database frozen",
                (int) processes.stream().filter(Signal.STOP::send).count());
        try {
            scene.last(FROZEN);
        } finally {
            processes.forEach(Signal.CONT::send);
        }
    }

    private static void terminate(Scene scene) throws SQLException {
        for (int i = 0; i < 5; i++) {
            scene.did("connection ended", scene.plant().database().terminateBackends());
            scene.lastAbout(3);
        }
    }

    private static void readOnly(Scene scene) throws SQLException {
        Database database = scene.plant().database();
        try {
            database.setReadOnly(true);
            scene.did("session made read-only", database.terminateBackends());
            scene.last(OUTAGE);
        } finally {
            database.setReadOnly(false);
            database.terminateBackends();
        }
    }

    private static void exhaust(Scene scene) throws SQLException {
        Database database = scene.plant().database();
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                take(database, held);
                scene.did("connection of a service ended", database.terminateBackends());
            }
            take(database, held);
            scene.did("connection taken", held.size());
            scene.last(OUTAGE);
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
        }
    }

    private static void take(Database database, List<Connection> held) {
        try {
            while (held.size() < MORE_THAN_THERE_ARE) {
                held.add(database.asService());
            }
        } catch (SQLException e) {
            // there are no more: that is what was wanted
        }
    }
}
