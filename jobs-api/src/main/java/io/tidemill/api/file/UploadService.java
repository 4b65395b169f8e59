package io.tidemill.api.file;

import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.failpoint.Failpoint;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.Answer;
import io.tidemill.api.store.StoredFile;
import io.tidemill.api.store.UploadStore;
import io.tidemill.api.store.UploadStore.Upload;
import io.tidemill.api.web.Blocking;
import io.tidemill.api.web.EntityTags;
import io.tidemill.api.web.FileViews;
import io.tidemill.api.web.IdempotencyKeys;
import io.tidemill.storage.ContentTooLargeException;
import io.tidemill.storage.FileStore;
import io.tidemill.storage.StoredContent;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes files in: bytes first, into storage, then their rows. Blocks; runs on virtual threads. */
@ApplicationScoped
class UploadService {
    private static final Logger LOG = Logger.getLogger(UploadService.class);
    private static final int CREATED = 201;
    private static final int MOST_PARTS = 100;

    private final FileStore storage;
    private final UploadStore store;
    private final EntityTags tags;
    private final UploadMeters meters;
    private final long maxBytes;

    UploadService(
            FileStore storage,
            UploadStore store,
            EntityTags tags,
            UploadMeters meters,
            ApiConfig config) {
        this.storage = storage;
        this.store = store;
        this.tags = tags;
        this.meters = meters;
        this.maxBytes = config.upload().maxBytes();
    }

    /** What else a request says. */
    record Wishes(
            @Nullable String idempotencyKey,
            @Nullable String reprDigest,
            @Nullable Long contentLength) {}

    /** One file, the whole body, which is closed. */
    Answer raw(Caller caller, String name, InputStream body, Wishes wishes) throws IOException {
        Optional<String> declared = ReprDigest.declared(wishes.reprDigest());
        Long length = wishes.contentLength();
        if (length != null && length > maxBytes) {
            throw Problems.tooLarge(maxBytes);
        }
        Upload upload;
        try (body) {
            upload = take(name, body);
        }
        return orLetGo(
                List.of(upload),
                () -> {
                    requireDigest(declared, upload.content().sha256());
                    return record(caller, List.of(upload), wishes, false);
                });
    }

    private static void requireDigest(Optional<String> declared, String actual) {
        if (declared.isPresent() && !declared.get().equals(actual)) {
            throw Problems.digestMismatch(declared.get(), actual);
        }
    }

    /** Every part of the body that is a file; closes it. */
    Answer multipart(Caller caller, String contentType, InputStream body, Wishes wishes)
            throws IOException {
        List<Upload> uploads = new ArrayList<>();
        return orLetGo(
                uploads,
                () -> {
                    try (body) {
                        MultipartFiles.read(
                                contentType, body, (name, bytes) -> takePart(uploads, name, bytes));
                    }
                    if (uploads.isEmpty()) {
                        throw Problems.invalid(
                                "The body has no file. Send each as a part with a file name.");
                    }
                    return record(caller, uploads, wishes, true);
                });
    }

    private void takePart(List<Upload> uploads, String name, InputStream bytes) throws IOException {
        if (uploads.size() == MOST_PARTS) {
            throw Problems.invalid(
                    "The body has more than "
                            + MOST_PARTS
                            + " files. Send them in several requests.");
        }
        uploads.add(take(name, bytes));
    }

    private interface Recording {
        Answer run() throws IOException;
    }

    /** Bytes stored for a request that fails belong to nobody; they are left to the pruner. */
    private Answer orLetGo(List<Upload> uploads, Recording recording) throws IOException {
        try {
            return recording.run();
        } catch (IOException | RuntimeException e) {
            uploads.forEach(this::letGo);
            throw e;
        }
    }

    private void letGo(Upload upload) {
        try {
            Blocking.await(() -> store.letGo(upload.content().sha256()));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Content %s stays without an owner: %s",
                    upload.content().sha256(), e.getMessage());
        }
    }

    private Upload take(String name, InputStream bytes) throws IOException {
        try {
            StoredContent content = storage.put(bytes, name, maxBytes);
            meters.stored(content.size());
            Failpoint.reached("upload.stored");
            return new Upload(name, content);
        } catch (ContentTooLargeException _) {
            throw Problems.tooLarge(maxBytes);
        }
    }

    private Answer record(Caller caller, List<Upload> uploads, Wishes wishes, boolean multipart) {
        var claim =
                IdempotencyKeys.claim(caller, wishes.idempotencyKey(), "file", uploads.toString());
        return Blocking.await(
                () ->
                        store.insert(
                                caller.owner(), uploads, claim, files -> answer(files, multipart)));
    }

    private Answer answer(List<StoredFile> files, boolean multipart) {
        StoredFile first = files.getFirst();
        EntityTags.Tagged tagged = tags.tag(UploadViews.uploaded(files, multipart));
        return new Answer(
                CREATED,
                "/v1/files/" + TypeId.FILE.format(first.id()),
                tags.tag(FileViews.file(first)).etag(),
                tagged.body());
    }
}
