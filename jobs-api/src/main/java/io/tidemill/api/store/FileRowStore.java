package io.tidemill.api.store;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
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

    /** A file of that owner, deleted or not. */
    @WithSession
    public Uni<Optional<StoredFile>> find(String owner, UUID id) {
        return find("id = ?1 and owner = ?2", id, owner)
                .firstResult()
                .map(row -> Optional.ofNullable(row).map(FileRow::toStoredFile));
    }

    /** Newest first, those before {@code before}, at most {@code limit}. */
    @WithSession
    public Uni<List<StoredFile>> list(String owner, @Nullable UUID before, int limit) {
        Sort newestFirst = Sort.descending("id");
        return (before == null
                        ? find("owner = ?1 and deleteTime is null", newestFirst, owner)
                        : find(
                                "owner = ?1 and deleteTime is null and id < ?2",
                                newestFirst,
                                owner,
                                before))
                .page(0, limit)
                .list()
                .map(rows -> rows.stream().map(FileRow::toStoredFile).toList());
    }

    /**
     * Marks a file as deleted; doing it again changes nothing.
     *
     * @return whether there is such a file
     */
    @WithTransaction
    public Uni<Boolean> bury(String owner, UUID id) {
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
