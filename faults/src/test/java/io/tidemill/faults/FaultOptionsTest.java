package io.tidemill.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.faults.row.FaultRow;
import io.tidemill.faults.row.Rows;
import io.tidemill.faults.system.Timing;
import io.tidemill.local.process.LaunchException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultOptionsTest {
    @Test
    void withoutOptionsEveryRowRunsOnceWithTheTimesOfProduction() {
        FaultOptions options = FaultOptions.parse(List.of());
        assertEquals(Rows.all().size(), options.select(Rows.all()).size());
        assertEquals(Duration.ZERO, options.time());
        assertEquals(Timing.USUAL, options.timing());
    }

    @Test
    void rowsRunInTheOrderOfTheSuiteWhateverTheOrderAskedFor() {
        FaultOptions options =
                FaultOptions.parse(
                        List.of("--row", "link-reset", "--row", "api-frozen", "--minutes", "3"));
        assertEquals(
                List.of("api-frozen", "link-reset"),
                options.select(Rows.all()).stream().map(FaultRow::id).toList());
        assertEquals(Duration.ofMinutes(3), options.time());
    }

    @Test
    void aRowThatIsNotThereIsNamed() {
        FaultOptions options = FaultOptions.parse(List.of("--row", "api-frozne"));
        LaunchException refused =
                assertThrows(LaunchException.class, () -> options.select(Rows.all()));
        assertTrue(refused.line().contains("api-frozne"), refused.line());
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        for (List<String> wrong :
                List.of(List.of("--rows"), List.of("--row"), List.of("--minutes", "many"))) {
            assertThrows(LaunchException.class, () -> FaultOptions.parse(wrong), wrong::toString);
        }
    }
}
