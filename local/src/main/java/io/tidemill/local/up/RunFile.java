package io.tidemill.local.up;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemill.local.folder.OwnerOnly;
import io.tidemill.local.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells other programs who runs right now: {@code run.json}, replaced in one step at every change,
 * gone when nothing runs. It holds passwords, so only its owner can read it.
 */
final class RunFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;

    RunFile(Path path) {
        this.path = path;
    }

    synchronized void write(List<Keeper> keepers) throws IOException {
        ObjectNode all = JSON.createObjectNode();
        all.set("launcher", marked(ProcessMark.own()));
        all.putArray(Place.Role.API.key());
        all.putArray(Place.Role.PROCESSOR.key());
        keepers.forEach(keeper -> add(all, keeper));
        OwnerOnly.write(path, all.toPrettyString() + "\n");
    }

    private static void add(ObjectNode all, Keeper keeper) {
        Place.Role role = keeper.place().role();
        ObjectNode entry = entry(keeper);
        if (role.several()) {
            all.withArray("/" + role.key()).add(entry);
        } else {
            all.set(role.key(), entry);
        }
    }

    private static ObjectNode entry(Keeper keeper) {
        ObjectNode entry = keeper.process().map(RunFile::marked).orElseGet(JSON::createObjectNode);
        entry.put("name", keeper.place().service().name());
        entry.put("ready", keeper.isReady());
        keeper.place().reach().forEach((key, value) -> entry.set(key, JSON.valueToTree(value)));
        return entry;
    }

    private static ObjectNode marked(ProcessMark mark) {
        return JSON.createObjectNode()
                .put("pid", mark.pid())
                .put("startTime", mark.startTime().toString());
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }
}
