package io.tidemill.api.store;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and deletes files of one owner. */
@ApplicationScoped
public class FileRowStore implements PanacheRepositoryBase<FileRow, UUID> {
    private final Database database;

    FileRowStore(Database database) {
        this.database = database;
    }

    /** A file of that owner, deleted or not. */
    public Uni<Optional<StoredFile>> find(String owner, UUID id) {
        Uni<FileRow> row =
                Panache.withSession(() -> find("id = ?1 and owner = ?2", id, owner).firstResult());
        return database.limited(row)
                .map(found -> Optional.ofNullable(found).map(FileRow::toStoredFile));
    }

    /** Newest first, those before {@code before}, at most {@code limit}. */
    public Uni<List<StoredFile>> list(String owner, @Nullable UUID before, int limit) {
        Uni<List<FileRow>> rows =
                Panache.withSession(() -> kept(owner, before).page(0, limit).list());
        return database.limited(rows)
                .map(found -> found.stream().map(FileRow::toStoredFile).toList());
    }

    private PanacheQuery<FileRow> kept(String owner, @Nullable UUID before) {
        Sort newestFirst = Sort.descending("id");
        return before == null
                ? find("owner = ?1 and deleteTime is null", newestFirst, owner)
                : find("owner = ?1 and deleteTime is null and id < ?2", newestFirst, owner, before);
    }

    /**
     * Marks a file as deleted; doing it again changes nothing.
     *
     * @return whether there is such a file
     */
    public Uni<Boolean> bury(String owner, UUID id) {
        return database.limited(Panache.withTransaction(() -> buryOne(owner, id)));
    }

    private Uni<Boolean> buryOne(String owner, UUID id) {
        return find("id = ?1 and owner = ?2", id, owner)
                .firstResult()
                .map(
                        row -> {
                            if (row == null) {
                                return false;
                            }
                            if (row.deleteTime == null) {
                                row.deleteTime = Instant.now();
                            }
                            return true;
                        });
    }
}
