package io.tidemill.api.file;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.FileList;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.paging.Cursor;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.FileRowStore;
import io.tidemill.api.store.StoredFile;
import io.tidemill.api.web.FileViews;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads, lists and deletes files of one owner. */
@ApplicationScoped
class FileService {
    private static final String LIST = "files";
    private final FileRowStore store;

    FileService(FileRowStore store) {
        this.store = store;
    }

    /**
     * Reads a file.
     *
     * @throws io.tidemill.api.problem.ProblemException 404 when there is none, 410 when it was
     *     deleted
     */
    Uni<StoredFile> get(Caller caller, String fileId) {
        return store.find(caller.owner(), id(fileId))
                .map(
                        found -> {
                            StoredFile file =
                                    found.orElseThrow(() -> Problems.notFound("file", fileId));
                            if (file.deleteTime() != null) {
                                throw Problems.gone("file", fileId);
                            }
                            return file;
                        });
    }

    Uni<FileList> list(Caller caller, int limit, @Nullable String cursor) {
        UUID before =
                Cursor.decode(cursor, caller.owner(), LIST, 1)
                        .map(keys -> Cursor.uuid(keys.getFirst()))
                        .orElse(null);
        return store.list(caller.owner(), before, limit + 1)
                .map(
                        files -> {
                            List<StoredFile> page = files.subList(0, Math.min(limit, files.size()));
                            String next =
                                    files.size() > limit
                                            ? new Cursor(
                                                            caller.owner(),
                                                            LIST,
                                                            List.of(page.getLast().id().toString()))
                                                    .encode()
                                            : null;
                            return new FileList(page.stream().map(FileViews::file).toList(), next);
                        });
    }

    Uni<Void> delete(Caller caller, String fileId) {
        return store.bury(caller.owner(), id(fileId))
                .invoke(
                        found -> {
                            if (!found) {
                                throw Problems.notFound("file", fileId);
                            }
                        })
                .replaceWithVoid();
    }

    private static UUID id(String fileId) {
        return TypeId.FILE.parse(fileId).orElseThrow(() -> Problems.notFound("file", fileId));
    }
}
