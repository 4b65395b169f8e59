package io.tidemill.contract.testing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says whether a Java type can carry exactly what a schema describes. */
final class JavaTypes {
    private static final Map<String, Carrier> CARRIERS =
            Map.of(
                    "integer/int32",
                    new Carrier("a 32-bit integer", int.class, Integer.class),
                    "integer/int64",
                    new Carrier("a 64-bit integer", long.class, Long.class),
                    "number/double",
                    new Carrier("a double", double.class, Double.class),
                    "number/",
                    new Carrier("a number", double.class, Double.class, BigDecimal.class),
                    "boolean/",
                    new Carrier("a boolean", boolean.class, Boolean.class),
                    "string/date-time",
                    new Carrier("a point in time", Instant.class, OffsetDateTime.class),
                    "string/uri-reference",
                    new Carrier("a String or URI", String.class, URI.class));

    private final ContractDocument document;

    JavaTypes(ContractDocument document) {
        this.document = document;
    }

    /** What does not fit, in words; empty when the type agrees with the schema. */
    Optional<String> mismatch(JsonNode schema, Type type) {
        JsonNode target = document.resolve(schema);
        return switch (target.path("type").asText("")) {
            case "array" -> array(target, type);
            case "object" -> object(ContractDocument.referredName(schema), target, type);
            case "string" -> string(ContractDocument.referredName(schema), target, type);
            case String simple -> simple(simple, target, type);
        };
    }

    private Optional<String> array(JsonNode schema, Type type) {
        return type instanceof ParameterizedType list
                        && Collection.class.isAssignableFrom((Class<?>) list.getRawType())
                ? mismatch(schema.path("items"), list.getActualTypeArguments()[0])
                        .map(inner -> "items: " + inner)
                : wrong(type, "a List");
    }

    private Optional<String> object(@Nullable String name, JsonNode schema, Type type) {
        if (schema.has("properties")) {
            return type instanceof Class<?> record && record.getSimpleName().equals(name)
                    ? Optional.empty()
                    : wrong(type, "the record " + name);
        }
        if (type instanceof Class<?> tree && JsonNode.class.isAssignableFrom(tree)) {
            return Optional.empty();
        }
        return map(schema.path("additionalProperties"), type);
    }

    private Optional<String> map(JsonNode values, Type type) {
        if (!(type instanceof ParameterizedType map)
                || !map.getRawType().equals(Map.class)
                || !map.getActualTypeArguments()[0].equals(String.class)) {
            return wrong(type, "a Map by String");
        }
        return values.isObject()
                ? mismatch(values, map.getActualTypeArguments()[1]).map(inner -> "values: " + inner)
                : Optional.empty();
    }

    /** An enum with a name in the contract is a Java enum; one without may stay a String. */
    private Optional<String> string(@Nullable String name, JsonNode schema, Type type) {
        if (type instanceof Class<?> constants && constants.isEnum()) {
            return enumMismatch(schema.path("enum"), constants);
        }
        if (schema.has("enum") && name != null) {
            return wrong(type, "a Java enum");
        }
        boolean plain = !CARRIERS.containsKey("string/" + schema.path("format").asText(""));
        return plain ? text(type) : simple("string", schema, type);
    }

    private static Optional<String> text(Type type) {
        return type.equals(String.class) || jsonValue(type).isPresent()
                ? Optional.empty()
                : wrong(type, "a String");
    }

    private static Optional<String> simple(String jsonType, JsonNode schema, Type type) {
        String format = jsonType + "/" + schema.path("format").asText("");
        Carrier carrier = CARRIERS.get(format);
        if (carrier == null) {
            return Optional.of("has a schema no Java type is known for: " + format);
        }
        return type instanceof Class<?> plain && carrier.types().contains(plain)
                ? Optional.empty()
                : wrong(type, carrier.words());
    }

    private static Optional<String> enumMismatch(JsonNode values, Class<?> constants) {
        Set<String> wanted = new TreeSet<>();
        values.forEach(value -> wanted.add(value.asText()));
        Set<String> given = wireNames(constants);
        return wanted.equals(given)
                ? Optional.empty()
                : Optional.of("the enum has " + given + ", the contract " + wanted);
    }

    private static Set<String> wireNames(Class<?> constants) {
        Optional<Method> value = jsonValue(constants);
        Set<String> names = new TreeSet<>();
        for (Object constant : constants.getEnumConstants()) {
            names.add(
                    value.map(method -> invoke(method, constant))
                            .orElseGet(() -> wireName((Enum<?>) constant)));
        }
        return names;
    }

    private static String wireName(Enum<?> constant) {
        try {
            Field field = constant.getDeclaringClass().getField(constant.name());
            JsonProperty renamed = field.getAnnotation(JsonProperty.class);
            return renamed == null ? constant.name() : renamed.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Method> jsonValue(Type type) {
        return type instanceof Class<?> owner
                ? Arrays.stream(owner.getMethods())
                        .filter(method -> method.isAnnotationPresent(JsonValue.class))
                        .filter(method -> method.getReturnType() == String.class)
                        .findFirst()
                : Optional.empty();
    }

    private static String invoke(Method method, Object target) {
        try {
            return String.valueOf(method.invoke(target));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> wrong(Type type, String wanted) {
        return Optional.of("is " + type.getTypeName() + ", should be " + wanted);
    }

    /** Java types that can carry a JSON type of some format. */
    private record Carrier(String words, Set<Class<?>> types) {
        Carrier(String words, Class<?>... types) {
            this(words, Set.of(types));
        }
    }
}
