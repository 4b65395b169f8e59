package io.tidemill.api.file;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.store.StoredFile;
import io.tidemill.api.web.Blocking;
import io.tidemill.api.web.EntityTags;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/files/{fileId}/content}: the bytes, whole or in part. Immutable, so their SHA-256 is a
 * strong entity tag.
 */
@Path("/v1/files/{fileId}/content")
public class ContentResource {
    private static final int PARTIAL = 206;

    private final Identity identity;
    private final FileService files;
    private final StoredBytes bytes;

    public ContentResource(Identity identity, FileService files, StoredBytes bytes) {
        this.identity = identity;
        this.files = files;
        this.bytes = bytes;
    }

    @GET
    @RunOnVirtualThread
    public Response getFileContent(
            @Context HttpHeaders headers,
            @PathParam("fileId") String fileId,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch)
            throws IOException {
        StoredFile file = file(headers, fileId);
        String etag = etag(file);
        if (EntityTags.matches(ifNoneMatch, etag)) {
            return Response.notModified().header(HttpHeaders.ETAG, etag).build();
        }
        boolean rangeCounts = ifRange == null || ifRange.strip().equals(etag);
        Optional<ByteRange> wanted =
                rangeCounts ? ByteRange.of(range, file.size()) : Optional.empty();
        return wanted.isPresent() ? part(file, wanted.get()) : whole(file);
    }

    @HEAD
    @RunOnVirtualThread
    public Response headFileContent(
            @Context HttpHeaders headers, @PathParam("fileId") String fileId) {
        StoredFile file = file(headers, fileId);
        return described(Response.ok(), file)
                .header(HttpHeaders.CONTENT_LENGTH, file.size())
                .build();
    }

    private StoredFile file(HttpHeaders headers, String fileId) {
        var caller = identity.callerOf(headers);
        return Blocking.await(() -> files.get(caller, fileId));
    }

    private Response whole(StoredFile file) throws IOException {
        return described(Response.ok(bytes.open(file.sha256(), 0, file.size())), file)
                .header(HttpHeaders.CONTENT_LENGTH, file.size())
                .build();
    }

    private Response part(StoredFile file, ByteRange range) throws IOException {
        return described(
                        Response.status(PARTIAL)
                                .entity(bytes.open(file.sha256(), range.first(), range.length())),
                        file)
                .header(HttpHeaders.CONTENT_LENGTH, range.length())
                .header("Content-Range", range.contentRange(file.size()))
                .build();
    }

    private static Response.ResponseBuilder described(
            Response.ResponseBuilder response, StoredFile file) {
        return response.type(file.mediaType())
                .header(HttpHeaders.ETAG, etag(file))
                .header("Accept-Ranges", "bytes")
                .header("Repr-Digest", ReprDigest.of(file.sha256()))
                .header(HttpHeaders.CONTENT_DISPOSITION, Disposition.attachment(file.name()));
    }

    private static String etag(StoredFile file) {
        return '"' + file.sha256() + '"';
    }
}
