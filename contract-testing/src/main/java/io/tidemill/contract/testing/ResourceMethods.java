package io.tidemill.contract.testing;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls that resource classes answer, read from their JAX-RS annotations. */
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
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> call(resource, method).stream());
    }

    private static Optional<String> call(Class<?> resource, Method method) {
        return httpMethod(method).map(verb -> call(verb, path(resource, method), method.getName()));
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
