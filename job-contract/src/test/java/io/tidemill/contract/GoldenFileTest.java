package io.tidemill.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages on the wire do not change unnoticed, in either direction. */
class GoldenFileTest {
    private final JsonMapper json = GoldenFile.reader();

    static List<GoldenFile> goldenFiles() {
        return GoldenFile.all();
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void aFileReadsAsItsMessage(GoldenFile golden) throws IOException {
        assertEquals(golden.message(), json.readValue(golden.open(), golden.message().getClass()));
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void aMessageIsWrittenAsItsFile(GoldenFile golden) throws IOException {
        JsonNode written = json.readTree(json.writeValueAsBytes(golden.message()));
        assertEquals(json.readTree(golden.open()), written);
        assertFalse(written.toString().contains("null"), written.toString());
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void fieldsFromALaterVersionAreIgnored(GoldenFile golden) throws IOException {
        JsonNode later = json.readTree(golden.open());
        addUnknownFields(later);
        assertEquals(golden.message(), json.treeToValue(later, golden.message().getClass()));
    }

    /** Everywhere but in the free-form values, where every field is known. */
    private static void addUnknownFields(JsonNode node) {
        node.properties()
                .forEach(
                        field -> {
                            if (!List.of("parameters", "result").contains(field.getKey())) {
                                addUnknownFields(field.getValue());
                            }
                        });
        if (node instanceof ObjectNode object) {
            object.put("fromALaterVersion", 1);
        }
        if (node.isArray()) {
            node.forEach(GoldenFileTest::addUnknownFields);
        }
    }
}
