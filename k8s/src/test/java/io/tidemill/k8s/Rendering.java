package io.tidemill.k8s;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Kustomize, as {@code kubectl} has it. */
final class Rendering {
    private Rendering() {}

    /** Whether there is a kubectl on this machine. */
    static boolean possible() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "kubectl"))
                .anyMatch(Files::isExecutable);
    }

    static Manifests of(String folder) {
        return of(Manifests.FOLDER.resolve(folder));
    }

    static Manifests of(Path folder) {
        try {
            Process kubectl =
                    new ProcessBuilder("kubectl", "kustomize", folder.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String yaml =
                    new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new AssertionError("kubectl kustomize refuses " + folder);
            }
            return Manifests.parse(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
