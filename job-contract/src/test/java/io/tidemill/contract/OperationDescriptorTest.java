package io.tidemill.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class OperationDescriptorTest {
    private static final List<String> NAMES = Operations.NAMES;

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyDescriptorCanBeReadAndBearsItsName(String name) throws IOException {
        assertEquals(name, json.treeToValue(tree(name), OperationDescriptor.class).name());
    }

    @Test
    void theStandardScheduleIsUsedUnlessAnotherIsNamed() throws IOException {
        ObjectNode tree = tree("noop");
        assertEquals(
                OperationDescriptor.STANDARD_SCHEDULE,
                json.treeToValue(tree, OperationDescriptor.class).retrySchedule());
        tree.put("retrySchedule", "patient");
        assertEquals("patient", json.treeToValue(tree, OperationDescriptor.class).retrySchedule());
    }

    private ObjectNode tree(String name) throws IOException {
        try (InputStream in = Operations.open(name)) {
            return (ObjectNode) json.readTree(in);
        }
    }
}
