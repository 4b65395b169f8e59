package io.tidemill.contract.testing;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls that resource classes answer, read from their JAX-RS annotations. Methods that answer
 * one call with different media types count as one.
 */
final class ResourceMethods {
    private static final Pattern VARIABLE_RULE = Pattern.compile("\\{\\s*(\\w+)\\s*:[^}]*\\}");
    private static final Pattern SLASHES = Pattern.compile("/+");

    private ResourceMethods() {}

    /** Each as {@code GET /v1/files/{fileId} listFiles}: the form to compare. */
    static List<String> of(List<Class<?>> resources) {
        return resources.stream().flatMap(ResourceMethods::calls).toList();
    }

    /** The same form for what the contract says. */
    static String call(String method, String path, String id) {
        return method + " " + path + " " + id;
    }

    private static Stream<String> calls(Class<?> resource) {
        Map<String, List<Method>> byCall = new TreeMap<>();
        for (Method method : resource.getDeclaredMethods()) {
            httpMethod(method)
                    .map(verb -> verb + " " + path(resource, method))
                    .ifPresent(
                            call ->
                                    byCall.computeIfAbsent(call, _ -> new ArrayList<>())
                                            .add(method));
        }
        return byCall.entrySet().stream()
                .flatMap(call -> leading(call.getValue()).map(name -> call.getKey() + " " + name));
    }

    /** The method for JSON speaks for those that answer the same call with other media types. */
    private static Stream<String> leading(List<Method> methods) {
        Set<List<String>> mediaTypes = new HashSet<>();
        boolean allDiffer = methods.stream().allMatch(method -> mediaTypes.add(produces(method)));
        return methods.stream()
                .filter(method -> methods.size() == 1 || !allDiffer || isJson(method))
                .map(Method::getName);
    }

    private static boolean isJson(Method method) {
        List<String> types = produces(method);
        return types.isEmpty() || types.contains("application/json");
    }

    private static List<String> produces(Method method) {
        Produces produces = method.getAnnotation(Produces.class);
        return produces == null ? List.of() : List.of(produces.value());
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .flatMap(Stream::ofNullable)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String path(Class<?> resource, Method method) {
        String whole =
                "/"
                        + value(resource.getAnnotation(Path.class))
                        + "/"
                        + value(method.getAnnotation(Path.class));
        String plain = VARIABLE_RULE.matcher(whole).replaceAll("{$1}");
        String single = SLASHES.matcher(plain).replaceAll("/");
        return single.length() > 1 && single.endsWith("/")
                ? single.substring(0, single.length() - 1)
                : single;
    }

    private static String value(@Nullable Path path) {
        return path == null ? "" : path.value();
    }
}
