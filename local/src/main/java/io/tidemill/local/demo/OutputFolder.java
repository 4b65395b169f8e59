package io.tidemill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.local.folder.Folders;
import io.tidemill.local.process.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Saves what the steps made, where a person finds it. */
final class OutputFolder {
    private final Path folder;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /** An empty folder; what an earlier demo left there is gone. */
    static OutputFolder empty(Path folder) {
        try {
            Folders.delete(folder);
            Files.createDirectories(folder);
            return new OutputFolder(folder);
        } catch (IOException e) {
            throw new LaunchException("cannot write to " + folder, e);
        }
    }

    /** Downloads a task's outputs; returns their paths below the folder. */
    List<String> save(Client client, JsonNode task) {
        List<String> saved = new ArrayList<>();
        for (JsonNode output : task.path("outputs")) {
            String name =
                    "%s.%s.%s"
                            .formatted(
                                    task.path("fileName").asText(),
                                    task.path("step").asText(),
                                    output.path("name").asText())
                            .replaceAll("[^A-Za-z0-9._-]", "_");
            client.download(output.path("id").asText(), folder.resolve(name));
            saved.add(name);
        }
        return saved;
    }
}
