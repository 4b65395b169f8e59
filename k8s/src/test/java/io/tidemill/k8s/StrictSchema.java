package io.tidemill.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the API server refuses: unknown fields, and values of another type. Built-in kinds are held
 * against the models of the Kubernetes client, KEDA's against the fields in use; {@link KedaModels}
 * knows them all.
 */
final class StrictSchema {
    private static final String ADMISSION = "admissionregistration.k8s.io/v1/";

    private static final Map<String, Class<?>> BUILT_IN =
            Map.ofEntries(
                    Map.entry("v1/ConfigMap", ConfigMap.class),
                    Map.entry("v1/Namespace", Namespace.class),
                    Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
                    Map.entry("v1/Pod", io.fabric8.kubernetes.api.model.Pod.class),
                    Map.entry("v1/Secret", Secret.class),
                    Map.entry("v1/Service", Service.class),
                    Map.entry("v1/ServiceAccount", ServiceAccount.class),
                    Map.entry("apps/v1/Deployment", Deployment.class),
                    Map.entry("apps/v1/StatefulSet", StatefulSet.class),
                    Map.entry("batch/v1/Job", Job.class),
                    Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
                    Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
                    Map.entry(
                            ADMISSION + "ValidatingAdmissionPolicy",
                            ValidatingAdmissionPolicy.class),
                    Map.entry(
                            ADMISSION + "ValidatingAdmissionPolicyBinding",
                            ValidatingAdmissionPolicyBinding.class),
                    Map.entry("rbac.authorization.k8s.io/v1/Role", Role.class),
                    Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class));

    private static final String KEDA = "keda.sh/v1alpha1/";

    private final ObjectMapper models = strict();
    private final JsonNode keda = read("/keda.schema.json");
    private final Validator validator =
            new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();

    StrictSchema() {
        validator.registerSchema(keda);
    }

    /** What is wrong with an object; empty when nothing is. */
    List<String> breaches(JsonNode object) {
        String type = object.path("apiVersion").asText() + "/" + Manifests.kind(object);
        Class<?> model = BUILT_IN.get(type);
        if (model != null) {
            return breach(object, model).stream().toList();
        }
        if (type.startsWith(KEDA)) {
            return kedaBreaches(object);
        }
        return List.of("unknown kind " + type);
    }

    private Optional<String> breach(JsonNode value, Class<?> model) {
        try {
            models.treeToValue(value, model);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(e.getOriginalMessage() + " " + e.getLocation());
        }
    }

    /** The pod of a ScaledJob is a built-in kind. */
    private List<String> kedaBreaches(JsonNode object) {
        String schema = keda.path("$id").asText() + "#/$defs/" + Manifests.kind(object);
        Stream<String> own =
                validator.validate(URI.create(schema), object).getErrors().stream()
                        .map(error -> error.getInstanceLocation() + " " + error.getError());
        JsonNode template = object.at("/spec/jobTargetRef/template");
        Stream<String> pod =
                template.isMissingNode()
                        ? Stream.empty()
                        : breach(template, PodTemplateSpec.class).stream();
        return Stream.concat(own, pod).toList();
    }

    /** The models take unknown fields into a map unless told not to, and numbers for strings. */
    private static ObjectMapper strict() {
        ObjectMapper mapper =
                JsonMapper.builder()
                        .annotationIntrospector(
                                new JacksonAnnotationIntrospector() {
                                    @Override
                                    public Boolean hasAnySetter(Annotated annotated) {
                                        return false;
                                    }
                                })
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .build();
        for (CoercionInputShape shape :
                List.of(
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    private static JsonNode read(String resource) {
        try (var stream = StrictSchema.class.getResourceAsStream(resource)) {
            return new ObjectMapper()
                    .readTree(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
