package io.tidemill.bench.files;

import io.tidemill.bench.standing.ApiClient;
import io.tidemill.bench.standing.StandingSystem;
import io.tidemill.bench.suite.Option;
import io.tidemill.bench.suite.Session;
import io.tidemill.bench.suite.Suite;
import io.tidemill.local.folder.Folders;
import io.tidemill.local.process.LaunchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Measures what real work costs, beside the bare engines that do it. */
public final class FilesSuite implements Suite {
    private static final Option ROUNDS = new Option("--rounds", 3, 100);
    private static final Path PROC = Path.of("/proc/self/stat");

    @Override
    public String name() {
        return "files";
    }

    @Override
    public List<Option> options() {
        return List.of(ROUNDS);
    }

    /** Of what is kept, only logs and the database stay at the end. */
    @Override
    public void run(Session session) throws Exception {
        if (!Files.exists(PROC)) {
            throw new LaunchException("the suite files needs " + PROC + ", that is Linux");
        }
        Path system = session.folder().resolve("tidemill");
        Path folder = Files.createDirectories(session.folder().resolve("bare"));
        try {
            int rounds = session.choices().of(ROUNDS);
            new Hashing(session.home(), folder, session.report()).run(rounds);
            measure(session, system, folder, rounds);
        } finally {
            Folders.delete(folder);
            Folders.delete(system.resolve("storage"));
        }
    }

    private static void measure(Session session, Path place, Path folder, int rounds)
            throws Exception {
        Optional<Path> given = Optional.ofNullable(System.getenv(Material.GIVEN)).map(Path::of);
        Material material = new Material(given, folder.resolve("files"));
        System.out.println(
                given.map(files -> "Files: those in " + files).orElse("Files: of our own making"));
        try (StandingSystem system = StandingSystem.start(session.home(), place);
                ApiClient client = new ApiClient(system.url())) {
            OwnSystem own = new OwnSystem(system, client);
            own.warmUp();
            own.tellIdleness(session.report());
            Matches matches = new Matches(own, session.report(), rounds);
            new Thumbnails(session.home(), folder, material).run(own, matches);
            new Texts(folder, material, own, matches).run();
        }
    }
}
