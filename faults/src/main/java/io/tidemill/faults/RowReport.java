package io.tidemill.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemill.faults.check.Counts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one row found.
 *
 * @param firstProgress seconds from the end of the fault until some job was seen ended
 * @param recovery seconds from the end of the fault until every job accepted had ended
 * @param reasons why it did not pass, for people
 */
public record RowReport(
        String row,
        Verdict verdict,
        Map<String, Integer> injected,
        Optional<Double> firstProgress,
        Optional<Double> recovery,
        Optional<Counts> counts,
        List<String> reasons) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public RowReport {
        injected = Map.copyOf(injected);
        reasons = List.copyOf(reasons);
    }

    static RowReport withoutCounts(String row, Verdict verdict, String reason) {
        return new RowReport(
                row,
                verdict,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(reason));
    }

    public boolean failed() {
        return verdict == Verdict.FAIL;
    }

    /** One line. */
    String json() {
        ObjectNode json = JSON.createObjectNode().put("row", row);
        json.putPOJO("injected", new TreeMap<>(injected));
        firstProgress.ifPresent(seconds -> json.put("firstProgressSeconds", seconds));
        recovery.ifPresent(seconds -> json.put("recoverySeconds", seconds));
        counts.ifPresent(all -> all.writeTo(json));
        json.put("verdict", verdict.name());
        reasons.forEach(reason -> json.withArray("/reasons").add(reason));
        return json.toString();
    }
}
