package io.tidemill.processor.engine.vips;

import io.tidemill.contract.FailureCode;
import io.tidemill.processor.engine.embedded.HostRequest;
import io.tidemill.processor.engine.embedded.HostWork;
import io.tidemill.processor.engine.embedded.RejectedInput;
import io.tidemill.processor.image.ThumbnailSize;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Smaller, upright copies of an image without metadata, made by libvips while it decodes. Who asks
 * for none learns the version. The first request says which libvips a host takes.
 */
public final class VipsThumbnails implements HostWork {
    /** The name by which the processor asks for this. */
    public static final String NAME = "vips-thumbnails";

    private @Nullable VipsLibrary library;

    @Override
    public Map<String, Object> run(HostRequest request, Progress progress) throws IOException {
        VipsLibrary vips = library(request.fields().text("library", ""));
        List<Fields> sizes = request.fields().objects("sizes");
        for (int i = 0; i < sizes.size(); i++) {
            progress.begun("size", i + 1, sizes.size());
            Fields size = sizes.get(i);
            make(vips, request.file(), ThumbnailSize.of(size), target(request, size));
        }
        return Map.of("count", sizes.size(), "version", vips.version());
    }

    private static void make(VipsLibrary vips, Path image, ThumbnailSize size, String target)
            throws RejectedInput {
        try {
            vips.thumbnail(image, size, target);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            throw new RejectedInput(
                    FailureCode.INVALID_INPUT.because(
                            "The image is damaged and cannot be decoded."));
        }
    }

    /** Transparent pixels become white where the format has none. */
    private static String target(HostRequest request, Fields size) {
        String file = size.text("file", "");
        String options = file.endsWith(".png") ? "[strip]" : "[Q=82,strip,background=255]";
        return request.folder().resolve(file) + options;
    }

    /** Hosts that never see an image do without it. */
    private VipsLibrary library(String file) {
        if (library == null) {
            library = VipsLibrary.open(file);
        }
        return library;
    }
}
