package io.tidemill.api.file;

import io.tidemill.api.dto.File;
import io.tidemill.api.dto.UploadedFile;
import io.tidemill.api.store.StoredFile;
import io.tidemill.api.web.FileViews;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers to uploads. Pure. */
final class UploadViews {
    private UploadViews() {}

    /** What an upload is answered with: the first file and, for multipart, all of them. */
    static UploadedFile uploaded(List<StoredFile> files, boolean multipart) {
        File first = FileViews.file(files.getFirst());
        List<File> items = multipart ? files.stream().map(FileViews::file).toList() : null;
        return uploaded(first, items);
    }

    private static UploadedFile uploaded(File first, @Nullable List<File> items) {
        return new UploadedFile(
                first.id(),
                first.name(),
                first.size(),
                first.mediaType(),
                first.sha256(),
                first.createTime(),
                items);
    }
}
