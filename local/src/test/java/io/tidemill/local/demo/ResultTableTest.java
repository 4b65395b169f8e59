package io.tidemill.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    @Test
    void eachFileIsNamedOnceAndOutputsFollowTheirStep() {
        List<Row> rows =
                List.of(
                        new Row("photo.jpg", "inspect", "SUCCEEDED", "width 9", "", "", List.of()),
                        new Row(
                                "photo.jpg",
                                "thumbnail",
                                "SUCCEEDED",
                                "",
                                "",
                                "",
                                List.of("t.jpg")),
                        new Row("x.txt", "scan", "FAILED", "", "INFECTED", "Eicar", List.of()));
        assertEquals(
                """
                FILE       STEP       STATE      RESULT
                photo.jpg  inspect    SUCCEEDED  width 9
                           thumbnail  SUCCEEDED
                                                 → t.jpg
                x.txt      scan       FAILED     INFECTED: Eicar\
                """,
                String.join("\n", ResultTable.lines(rows)));
    }

    @Test
    void keyFiguresAreTheShortPlainValues() throws Exception {
        String result =
                """
                {"mediaType": "image/png", "sha256": "0f", "image": {"width": 480, "height": 360},
                 "thumbnails": [{}, {}], "text": "far too long for a table, and of no use there"}
                """;
        assertEquals(
                "mediaType image/png, width 480, height 360, thumbnails 2",
                KeyFigures.of(new ObjectMapper().readTree(result)));
    }

    @Test
    void progressIsABarAndNumbers() {
        assertEquals(
                "[##########..........]  50 %  4 of 8 tasks done, 2 running ",
                ProgressLine.text(50, 4, 8, 2));
    }
}
