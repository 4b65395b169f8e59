package io.tidemill.api.file;

import io.tidemill.api.dto.File;
import io.tidemill.api.dto.UploadedFile;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.StoredFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files as clients see them. Pure. */
final class FileViews {
    private FileViews() {}

    static File file(StoredFile file) {
        return new File(
                TypeId.FILE.format(file.id()),
                file.name(),
                file.size(),
                file.mediaType(),
                file.sha256(),
                file.createTime());
    }

    /** What an upload is answered with: the first file and, for multipart, all of them. */
    static UploadedFile uploaded(List<StoredFile> files, boolean multipart) {
        File first = file(files.getFirst());
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
