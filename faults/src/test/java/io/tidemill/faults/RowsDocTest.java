package io.tidemill.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.faults.row.FaultRow;
import io.tidemill.faults.row.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RowsDocTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\|");

    @Test
    void theDocumentHasEveryRowInItsOrderAndNoOther() throws IOException {
        String document = Files.readString(Path.of("../docs/faults.md"));
        List<String> documented =
                ROW.matcher(document.substring(document.indexOf("## The rows")))
                        .results()
                        .map((MatchResult row) -> row.group(1))
                        .toList();
        assertEquals(Rows.all().stream().map(FaultRow::id).toList(), documented);
    }

    @Test
    void idsAreUniqueAndInKebabCase() {
        List<String> ids = Rows.all().stream().map(FaultRow::id).toList();
        assertEquals(ids.size(), ids.stream().distinct().count());
        ids.forEach(id -> assertTrue(id.matches("[a-z0-9]+(-[a-z0-9]+)*"), id));
    }
}
