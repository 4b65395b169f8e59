package io.tidemill.api.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tidemill.api.dto.Pipeline;
import io.tidemill.api.dto.Step;
import io.tidemill.api.dto.StepSubmission;
import io.tidemill.api.plan.Offer;
import io.tidemill.contract.OperationDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The named pipelines, read once from {@code pipelines.json}. */
@Startup
@ApplicationScoped
public class PipelineCatalogue implements Offer {
    private final OperationCatalogue operations;
    private final List<Definition> definitions;

    /** A pipeline as it is written in the file. */
    @RegisterForReflection
    record Definition(String name, String summary, List<StepSubmission> steps) {}

    public PipelineCatalogue(ObjectMapper json, OperationCatalogue operations) {
        this.operations = operations;
        this.definitions = read(json);
    }

    @Override
    public Optional<OperationDescriptor> operation(String name) {
        return operations.find(name);
    }

    @Override
    public Optional<List<StepSubmission>> pipeline(String name) {
        return definitions.stream()
                .filter(definition -> definition.name().equals(name))
                .map(Definition::steps)
                .findFirst();
    }

    List<Pipeline> all() {
        return definitions.stream().map(PipelineCatalogue::view).toList();
    }

    Optional<Pipeline> find(String name) {
        return all().stream().filter(pipeline -> pipeline.name().equals(name)).findFirst();
    }

    private static Pipeline view(Definition definition) {
        return new Pipeline(
                definition.name(),
                definition.summary(),
                definition.steps().stream().map(PipelineCatalogue::view).toList());
    }

    private static Step view(StepSubmission step) {
        return new Step(
                Objects.requireNonNullElse(step.id(), step.operation()),
                step.operation(),
                Objects.requireNonNullElse(step.parameters(), Map.of()),
                Objects.requireNonNullElse(step.needs(), List.of()),
                Objects.requireNonNullElse(step.input(), "file"));
    }

    private static List<Definition> read(ObjectMapper json) {
        try (InputStream file =
                Objects.requireNonNull(
                        PipelineCatalogue.class.getResourceAsStream(
                                "/io/tidemill/api/pipelines.json"),
                        "pipelines.json is not on the class path")) {
            return json.readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("pipelines.json cannot be read", e);
        }
    }
}
