package io.tidemill.processor.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How well this machine can fence a child in, found out once. Linux has {@code setsid}, {@code
 * prlimit} and {@code setpriv} (package util-linux); where one is missing or not allowed the child
 * runs without it, and {@link #level()} says so.
 */
public final class Isolation {
    private static final int CPU_GRACE_SECONDS = 2;

    /** A JVM opens every jar of its class path. */
    private static final int OPEN_FILES = 1_024;

    private static final Isolation HERE = probe();

    private final Map<String, Path> programs;

    private Isolation(Map<String, Path> programs) {
        this.programs = Map.copyOf(programs);
    }

    /**
     * For health and announcements, such as {@code setsid+prlimit+no_new_privs}, or {@code none}.
     */
    public static String level() {
        List<String> parts = new ArrayList<>();
        HERE.program("setsid").ifPresent(_ -> parts.add("setsid"));
        HERE.program("prlimit").ifPresent(_ -> parts.add("prlimit"));
        HERE.program("setpriv").ifPresent(_ -> parts.add("no_new_privs"));
        return parts.isEmpty() ? "none" : String.join("+", parts);
    }

    static boolean ownGroup() {
        return HERE.program("setsid").isPresent();
    }

    /** The command with everything in front of it that fences it in; each part becomes the next. */
    static List<String> wrap(List<String> command, Limits limits) {
        return HERE.wrapped(command, limits);
    }

    private List<String> wrapped(List<String> command, Limits limits) {
        List<String> all = new ArrayList<>();
        // The child dies with the thread that started it: see ChildStarter. First, because it would
        // outlive a processor that is killed before this.
        program("setpriv")
                .ifPresent(
                        path ->
                                all.addAll(
                                        List.of(
                                                path.toString(),
                                                "--no-new-privs",
                                                "--pdeathsig",
                                                "KILL",
                                                "--")));
        program("setsid").ifPresent(path -> all.add(path.toString()));
        program("prlimit").ifPresent(path -> all.addAll(prlimit(path, limits)));
        all.addAll(command);
        return all;
    }

    /** The hard CPU limit lies above the soft one, so that SIGXCPU tells it from an OOM kill. */
    private static List<String> prlimit(Path program, Limits limits) {
        long cpu = limits.cpu().toSeconds();
        List<String> all = new ArrayList<>(List.of(program.toString(), "--core=0"));
        all.add("--nofile=" + OPEN_FILES);
        all.add("--cpu=" + cpu + ":" + (cpu + CPU_GRACE_SECONDS));
        all.add("--fsize=" + limits.fileSize());
        if (limits.addressSpace() != Limits.UNLIMITED) {
            all.add("--as=" + limits.addressSpace());
        }
        return all;
    }

    private Optional<Path> program(String name) {
        return Optional.ofNullable(programs.get(name));
    }

    private static Isolation probe() {
        Map<String, Path> usable = new HashMap<>();
        tryOut(usable, "setsid");
        tryOut(usable, "prlimit", "--core=0", "--nofile=" + OPEN_FILES);
        tryOut(usable, "setpriv", "--no-new-privs", "--pdeathsig", "KILL", "--");
        return new Isolation(usable);
    }

    private static void tryOut(Map<String, Path> usable, String name, String... options) {
        Optional<Path> program = Executables.find(name);
        Optional<Path> yes = Executables.find("true");
        if (program.isPresent() && yes.isPresent()) {
            List<String> command = new ArrayList<>(List.of(program.get().toString()));
            command.addAll(List.of(options));
            command.add(yes.get().toString());
            if (works(command)) {
                usable.put(name, program.get());
            }
        }
    }

    private static boolean works(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean ended = process.waitFor(5, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
