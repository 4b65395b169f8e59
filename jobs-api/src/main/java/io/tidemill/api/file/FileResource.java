package io.tidemill.api.file;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.file.UploadService.Wishes;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.paging.PageSize;
import io.tidemill.api.store.Answer;
import io.tidemill.api.web.EntityTags;
import io.tidemill.api.web.FileViews;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /v1/files}, as {@code openapi.yaml} has it. */
@Path("/v1/files")
@Produces(MediaType.APPLICATION_JSON)
public class FileResource {
    private final Identity identity;
    private final UploadTurns turns;
    private final UploadService uploads;
    private final FileService files;
    private final EntityTags tags;

    public FileResource(
            Identity identity,
            UploadTurns turns,
            UploadService uploads,
            FileService files,
            EntityTags tags) {
        this.turns = turns;
        this.identity = identity;
        this.uploads = uploads;
        this.files = files;
        this.tags = tags;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RunOnVirtualThread
    public Response uploadFile(
            @Context HttpHeaders headers,
            @HeaderParam("Content-Disposition") @Nullable String disposition,
            @Nullable InputStream body)
            throws IOException {
        Caller caller = identity.callerOf(headers);
        InputStream bytes =
                turns.of(Objects.requireNonNullElseGet(body, InputStream::nullInputStream));
        String contentType =
                Objects.requireNonNullElse(headers.getHeaderString(HttpHeaders.CONTENT_TYPE), "");
        return created(
                contentType.toLowerCase(Locale.ROOT).startsWith(MediaType.MULTIPART_FORM_DATA)
                        ? uploads.multipart(caller, contentType, bytes, wishes(headers))
                        : uploads.raw(caller, FileName.of(disposition), bytes, wishes(headers)));
    }

    @GET
    public Uni<Response> listFiles(
            @Context HttpHeaders headers,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return files.list(identity.callerOf(headers), PageSize.of(limit), cursor)
                .map(page -> Response.ok(page).build());
    }

    @GET
    @Path("/{fileId}")
    public Uni<Response> getFile(@Context HttpHeaders headers, @PathParam("fileId") String fileId) {
        return files.get(identity.callerOf(headers), fileId)
                .map(file -> tags.tag(FileViews.file(file)))
                .map(
                        tagged ->
                                Response.ok(tagged.body())
                                        .header(HttpHeaders.ETAG, tagged.etag())
                                        .build());
    }

    @DELETE
    @Path("/{fileId}")
    public Uni<Response> deleteFile(
            @Context HttpHeaders headers, @PathParam("fileId") String fileId) {
        return files.delete(identity.callerOf(headers), fileId)
                .replaceWith(Response.noContent().build());
    }

    private static Wishes wishes(HttpHeaders headers) {
        String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return new Wishes(
                headers.getHeaderString("Idempotency-Key"),
                headers.getHeaderString("Repr-Digest"),
                length == null ? null : Long.valueOf(length));
    }

    private static Response created(Answer answer) {
        return Response.status(answer.status())
                .entity(answer.body())
                .header(HttpHeaders.LOCATION, answer.location())
                .header(HttpHeaders.ETAG, answer.etag())
                .build();
    }
}
