package io.tidemill.faults.row;

import io.tidemill.faults.system.Setup;
import io.tidemill.faults.system.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Processes whose clock is wrong. */
final class ClockRows {
    private static final List<Path> PLACES =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    private ClockRows() {}

    static List<FaultRow> all() {
        Setup skewed =
                Setup.own(
                        "skewed",
                        Map.of(
                                "jobs-api-1", clock("-1h"),
                                "jobs-api-2", clock("+1h"),
                                "file-processor-1", clock("+1h"),
                                "file-processor-2", clock("-1h")));
        return List.of(
                FaultRow.of(
                                "clock-skew",
                                "the clocks of both replicas and two processors are an hour off, and a processor dies",
                                ClockRows::liveWithIt)
                        .on(skewed)
                        .unless(ClockRows::missing));
    }

    /** Without the last two, no timed wait of a JVM would wait. */
    private static Map<String, String> clock(String offset) {
        return Map.of(
                "LD_PRELOAD",
                library().map(Path::toString).findFirst().orElse(""),
                "FAKETIME",
                offset,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private static Stream<Path> library() {
        return PLACES.stream().filter(Files::exists);
    }

    private static Optional<String> missing() {
        return library().findFirst().isPresent()
                ? Optional.empty()
                : Optional.of("libfaketime is not installed (Debian: apt-get install faketime)");
    }

    private static void liveWithIt(Scene scene) throws IOException {
        for (Unit unit : scene.plant().units()) {
            if (hasWrongClock(unit)) {
                scene.did("process with a wrong clock");
            }
        }
        scene.last(Duration.ofSeconds(5));
        WorkerRows.kill(scene, scene.plant().processors().getFirst(), "processor killed");
        scene.lastAbout(4);
    }

    /** A library that could not be preloaded is left out without an error. */
    private static boolean hasWrongClock(Unit unit) throws IOException {
        return Files.readString(Path.of("/proc/" + unit.pid() + "/maps")).contains("libfaketime");
    }
}
