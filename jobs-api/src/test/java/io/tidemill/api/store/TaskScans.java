package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** How a plan comes to rows of {@code task}, in any period. */
final class TaskScans {
    private TaskScans() {}

    /**
     * The nodes that look into an index, also for a bitmap; there is at least one, and nothing is
     * read from end to end.
     *
     * @param explain in JSON
     */
    static List<JsonNode> byIndex(Statement statement, String explain)
            throws SQLException, JsonProcessingException {
        List<JsonNode> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(explain)) {
            rows.next();
            JsonNode plan = new ObjectMapper().readTree(rows.getString(1));
            for (JsonNode node : plan.findParents("Node Type")) {
                String type = node.path("Node Type").asText();
                assertFalse(
                        type.endsWith("Seq Scan") && isTask(node, "Relation Name"), plan::toString);
                if (isTask(node, "Index Name")) {
                    found.add(node);
                }
            }
            assertFalse(found.isEmpty(), plan::toString);
        }
        return found;
    }

    private static boolean isTask(JsonNode node, String name) {
        return node.path(name).asText().startsWith("task_");
    }
}
