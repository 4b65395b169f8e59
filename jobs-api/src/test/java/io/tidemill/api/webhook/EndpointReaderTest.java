package io.tidemill.api.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.problem.ProblemException;
import io.tidemill.api.schema.JsonSchemas;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Endpoints as an installation takes them that has no mail server and is not local. */
class EndpointReaderTest {
    private final ObjectMapper json = new ObjectMapper();
    private final EndpointReader reader =
            new EndpointReader(json, new JsonSchemas(json), defaults());

    private static ApiConfig defaults() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ApiConfig.class)
                .withSources(
                        new PropertiesConfigSource(
                                Map.of("tidemill.storage.root", "."), "test", 500))
                .build()
                .getConfigMapping(ApiConfig.class);
    }

    private FieldError refusal(String body) throws JsonProcessingException {
        JsonNode tree = json.readTree(body);
        ProblemException refused = assertThrows(ProblemException.class, () -> reader.read(tree));
        assertEquals(422, refused.status());
        return Objects.requireNonNull(refused.toProblem(null, null).errors()).getFirst();
    }

    @Test
    void withoutAMailServerThereAreNoMailsAndItIsSaidWhatToSet() throws JsonProcessingException {
        FieldError error = refusal("{\"kind\": \"MAIL\", \"recipients\": [\"a@example.org\"]}");
        assertEquals("/kind", error.pointer());
        assertTrue(error.detail().contains("tidemill.mail.host"), error.detail());
    }

    @Test
    void outsideTheLocalProfileOnlyHttpsIsTaken() throws JsonProcessingException {
        assertEquals("/url", refusal("{\"url\": \"http://example.com/\"}").pointer());
        assertEquals("/url", refusal("{\"url\": \"https://localhost/\"}").pointer());
        assertEquals("/url", refusal("{\"url\": \"https://example.com:8080/\"}").pointer());
        assertEquals(
                "https://example.com:8443/",
                reader.read(json.readTree("{\"url\": \"https://example.com:8443/\"}")).url());
    }
}
