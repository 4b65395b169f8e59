package io.tidemill.faults.row;

import io.tidemill.faults.system.FaultProxy;
import io.tidemill.faults.system.Setup;
import java.time.Duration;
import java.util.List;

/** Faults of the way between the services and what they stand on. */
final class LinkRows {
    private LinkRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                                "link-blackholed",
                                "the links to the broker, then to the database, fall silent for longer than a lease",
                                LinkRows::blackhole)
                        .on(Setup.LINKED),
                FaultRow.of(
                                "link-reset",
                                "all connections to broker and database are reset again and again",
                                LinkRows::reset)
                        .on(Setup.LINKED),
                FaultRow.of(
                                "link-cut-in-mid-message",
                                "connections to broker and database break after some bytes, again and again",
                                LinkRows::cut)
                        .on(Setup.LINKED),
                FaultRow.of(
                                "link-slow",
                                "every piece to and from broker and database takes 150 ms for 20 s",
                                LinkRows::slow)
                        .on(Setup.LINKED));
    }

    private static List<FaultProxy> both(Scene scene) {
        return List.of(scene.plant().links().broker(), scene.plant().links().database());
    }

    private static void blackhole(Scene scene) {
        for (FaultProxy link : both(scene)) {
            try {
                scene.did("connection silenced", link.connections());
                link.blackhole();
                scene.last(scene.timing().lease().plusSeconds(5));
            } finally {
                link.heal();
            }
            scene.lastAbout(5);
        }
    }

    private static void reset(Scene scene) {
        for (int i = 0; i < 6; i++) {
            both(scene).forEach(link -> scene.did("connection reset", link.reset()));
            scene.lastAbout(3);
        }
    }

    private static void cut(Scene scene) {
        for (int i = 0; i < 6; i++) {
            try {
                both(scene).forEach(link -> link.cutAfter(scene.between(500, 20_000)));
                scene.lastAbout(3);
            } finally {
                both(scene).forEach(link -> scene.did("connection cut", link.heal()));
            }
            scene.lastAbout(2);
        }
    }

    private static void slow(Scene scene) {
        try {
            for (FaultProxy link : both(scene)) {
                scene.did("connection slowed", link.connections());
                link.delay(Duration.ofMillis(150));
            }
            scene.last(Duration.ofSeconds(20));
        } finally {
            both(scene).forEach(FaultProxy::heal);
        }
    }
}
