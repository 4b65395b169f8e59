package io.tidemill.api.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code file}. */
@Entity
@Table(name = "file")
public class FileRow {
    @Id UUID id;

    String owner;
    String name;
    long size;

    @Column(name = "media_type")
    String mediaType;

    String sha256;

    @Column(name = "made_by")
    @Nullable UUID madeBy;

    @Column(name = "create_time")
    Instant createTime;

    @Column(name = "delete_time")
    @Nullable Instant deleteTime;

    StoredFile toStoredFile() {
        return new StoredFile(id, name, size, mediaType, sha256, createTime, deleteTime);
    }
}
