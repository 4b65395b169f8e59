package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemill.faults.RowReport;
import io.tidemill.faults.Suite;
import io.tidemill.faults.Verdict;
import io.tidemill.faults.row.FaultRow;
import io.tidemill.faults.row.Rows;
import io.tidemill.faults.system.Timing;
import io.tidemill.local.folder.Folders;
import io.tidemill.local.up.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The short form of the fault suite: one row of each kind but plain deaths, which {@link CrashE2E}
 * has, with short leases. All rows, with the times of production, are {@code ./tidemill faults}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsE2E {
    private static final Set<String> SHORT_FORM =
            Set.of(
                    "worker-frozen-past-lease",
                    "broker-journal-deleted",
                    "postgres-stopped-immediately",
                    "messages-duplicated-and-shuffled",
                    "link-reset");

    private Path folder;
    private Suite suite;

    @BeforeAll
    void prepare() throws IOException {
        folder = Files.createTempDirectory("tidemill-faults");
        long seed = System.nanoTime();
        System.out.println("Seed of the fault suite: " + seed);
        suite =
                new Suite(
                        new Programs(Tidemill.HOME, true),
                        folder,
                        Timing.BRISK,
                        seed,
                        System.out::println);
    }

    static Stream<String> shortForm() {
        return Rows.all().stream().map(FaultRow::id).filter(SHORT_FORM::contains);
    }

    @ParameterizedTest
    @MethodSource("shortForm")
    void nothingIsLostAndNothingDoneTwice(String id) {
        List<FaultRow> row = Rows.all().stream().filter(r -> r.id().equals(id)).toList();
        RowReport report = suite.run(row).getFirst();
        assertEquals(Verdict.PASS, report.verdict(), report::toString);
    }

    @AfterAll
    void end() throws IOException {
        suite.close();
        Folders.delete(folder);
    }
}
