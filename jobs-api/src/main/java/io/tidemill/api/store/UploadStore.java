package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.id.IdSource;
import io.tidemill.storage.StoredContent;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of files just uploaded, with the idempotency key of the request. Their bytes are
 * in storage already.
 */
@ApplicationScoped
public class UploadStore {
    private static final String INSERT =
            """
            insert into file (id, owner, name, size, media_type, sha256)
            select u.id, $1, u.name, u.size, u.media_type, u.sha256
            from unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[])
              with ordinality as u(id, name, size, media_type, sha256, ordinal)
            order by u.ordinal
            returning id, name, size, media_type, sha256, create_time""";

    private static final String LET_GO =
            "insert into unreferenced_content (sha256) values ($1) on conflict (sha256) do nothing";

    private final Database database;
    private final IdempotencyStore idempotency;
    private final IdSource ids;

    public UploadStore(Database database, IdempotencyStore idempotency, IdSource ids) {
        this.database = database;
        this.idempotency = idempotency;
        this.ids = ids;
    }

    /** A file whose bytes are stored. */
    public record Upload(String name, StoredContent content) {}

    /** Writes the rows, or finds the answer given before. */
    public Uni<Answer> insert(
            String owner,
            List<Upload> uploads,
            @Nullable IdempotencyClaim claim,
            Function<List<StoredFile>, Answer> render) {
        return database.inTransaction(
                connection ->
                        idempotency.once(
                                connection,
                                claim,
                                () -> insert(connection, owner, uploads).map(render)));
    }

    /** Notes that bytes were stored which nobody will refer to. */
    public Uni<Void> letGo(String sha256) {
        return database.query(LET_GO, Tuple.of(sha256)).replaceWithVoid();
    }

    private Uni<List<StoredFile>> insert(
            SqlConnection connection, String owner, List<Upload> uploads) {
        Tuple rows =
                Tuple.tuple()
                        .addString(owner)
                        .addArrayOfUUID(Sql.uuids(uploads, _ -> ids.next()))
                        .addArrayOfString(Sql.texts(uploads, Upload::name))
                        .addArrayOfLong(Sql.longs(uploads, upload -> upload.content().size()))
                        .addArrayOfString(
                                Sql.texts(uploads, upload -> upload.content().mediaType()))
                        .addArrayOfString(Sql.texts(uploads, upload -> upload.content().sha256()));
        return connection.preparedQuery(INSERT).execute(rows).map(UploadStore::files);
    }

    private static List<StoredFile> files(RowSet<Row> rows) {
        List<StoredFile> files = new ArrayList<>(rows.size());
        rows.forEach(
                row ->
                        files.add(
                                new StoredFile(
                                        row.getUUID("id"),
                                        row.getString("name"),
                                        row.getLong("size"),
                                        row.getString("media_type"),
                                        row.getString("sha256"),
                                        row.getOffsetDateTime("create_time").toInstant(),
                                        null)));
        return files;
    }
}
