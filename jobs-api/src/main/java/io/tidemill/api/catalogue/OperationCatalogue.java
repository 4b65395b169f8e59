package io.tidemill.api.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.tidemill.api.schema.JsonSchemas;
import io.tidemill.api.store.OperationLookup;
import io.tidemill.contract.OperationDescriptor;
import io.tidemill.contract.Operations;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The operations this installation offers, read once from their descriptors. */
@Startup
@ApplicationScoped
public class OperationCatalogue implements OperationLookup {
    private final Map<String, OperationDescriptor> descriptors;

    public OperationCatalogue(ObjectMapper json, JsonSchemas schemas) {
        boolean local = ConfigUtils.isProfileActive("local");
        Map<String, OperationDescriptor> found = new LinkedHashMap<>();
        for (String name : Operations.NAMES) {
            OperationDescriptor descriptor = read(json, name);
            if (local || !descriptor.localOnly()) {
                schemas.register(name, descriptor.parametersSchema());
                found.put(name, descriptor);
            }
        }
        descriptors = Collections.unmodifiableMap(found);
    }

    public Collection<OperationDescriptor> all() {
        return descriptors.values();
    }

    @Override
    public Optional<OperationDescriptor> find(String name) {
        return Optional.ofNullable(descriptors.get(name));
    }

    @Override
    public OperationDescriptor descriptor(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "operation " + name + " is no longer there"));
    }

    private static OperationDescriptor read(ObjectMapper json, String name) {
        try (InputStream descriptor = Operations.open(name)) {
            return json.readValue(descriptor, OperationDescriptor.class);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the descriptor of operation " + name + " cannot be read", e);
        }
    }
}
