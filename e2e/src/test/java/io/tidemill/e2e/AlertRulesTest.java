package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert knows what to do. */
class AlertRulesTest {
    private static final Path RUNBOOKS = Tidemill.HOME.resolve("docs").resolve("runbooks");
    private static final Set<String> SEVERITIES = Set.of("critical", "warning");
    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");

    @Test
    void everyAlertSaysWhatHappenedHowBadItIsAndWhereToReadOn() {
        for (JsonNode alert : Observability.alerts()) {
            String name = alert.path("alert").asText();
            assertTrue(SEVERITIES.contains(alert.at("/labels/severity").asText()), name);
            assertTrue(alert.path("for").asText().matches("\\d+m"), name);
            assertFalse(alert.at("/annotations/summary").asText().isBlank(), name);
            assertFalse(alert.at("/annotations/description").asText().isBlank(), name);
            assertEquals(
                    "docs/runbooks/" + name + ".md", alert.at("/annotations/runbook").asText());
        }
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() throws IOException {
        Set<String> alerts =
                Observability.alerts().stream()
                        .map(alert -> alert.path("alert").asText())
                        .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            Set<String> runbooks =
                    files.map(file -> file.getFileName().toString().replace(".md", ""))
                            .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(alerts, runbooks);
        }
        for (String alert : alerts) {
            String runbook = Observability.text(RUNBOOKS.resolve(alert + ".md"));
            for (String part :
                    new String[] {
                        "# " + alert, "## Meaning", "## Impact", "## How to look", "## How to mend"
                    }) {
                assertTrue(runbook.lines().anyMatch(part::equals), alert + ": " + part);
            }
        }
    }

    @Test
    void whatASummaryNamesIsThere() {
        for (JsonNode alert : Observability.alerts()) {
            Set<String> kept = PromQl.of(alert.path("expr").asText()).labels();
            Matcher named = LABEL.matcher(alert.at("/annotations/summary").asText());
            while (named.find()) {
                assertTrue(kept.contains(named.group(1)), alert.path("alert").asText());
            }
        }
    }

    @Test
    void theDashboardHasPanelsThatDoNotOverlap() {
        Set<String> places = new TreeSet<>();
        for (JsonNode panel : Observability.dashboard().path("panels")) {
            assertTrue(places.add(panel.path("gridPos").toString()), panel::toString);
            assertFalse(panel.path("targets").isEmpty(), panel::toString);
        }
        assertTrue(places.size() > 10, places::toString);
    }
}
