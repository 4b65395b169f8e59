package io.tidemill.api.web;

import io.tidemill.api.dto.File;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.StoredFile;

/** Files as clients see them, uploaded or made by a task. Pure. */
public final class FileViews {
    private FileViews() {}

    public static File file(StoredFile file) {
        return new File(
                TypeId.FILE.format(file.id()),
                file.name(),
                file.size(),
                file.mediaType(),
                file.sha256(),
                file.createTime());
    }
}
