package io.tidemill.k8s;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart, as Helm renders it. */
final class Chart {
    static final Path FOLDER = Manifests.FOLDER.resolve("helm").resolve("tidemill");
    static final String KUBERNETES = "1.34.0";

    private static final Path WITHOUT_HOOKS = withoutHooks();

    private Chart() {}

    /**
     * Everything, hooks too.
     *
     * @param values as after {@code --set}
     */
    static Manifests render(Map<String, ?> values) {
        TemplateCommand template = template(WITHOUT_HOOKS);
        values.forEach(template::set);
        return Manifests.parse(template.call());
    }

    /**
     * Everything, hooks too.
     *
     * @param values a file, as after {@code --values}
     */
    static Manifests render(Path values) {
        return Manifests.parse(template(WITHOUT_HOOKS).withValuesFile(values).call());
    }

    /**
     * @param chart a folder or a package
     */
    static TemplateCommand template(Path chart) {
        return new Helm(chart)
                .template()
                .withName("tidemill")
                .withNamespace("tidemill")
                .withKubeVersion(KUBERNETES);
    }

    /** The library leaves hooks out, so they are made ordinary objects in a copy. */
    private static Path withoutHooks() {
        Path copy = Manifests.FOLDER.resolve("target").resolve("chart-without-hooks");
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(FOLDER.relativize(file));
                List<String> lines =
                        Files.readAllLines(file).stream()
                                .filter(line -> !line.strip().startsWith("helm.sh/hook"))
                                .toList();
                Files.createDirectories(target.getParent());
                Files.write(target, lines);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
