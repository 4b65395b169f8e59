package io.tidemill.processor.engine.embedded;

import io.tidemill.processor.image.ThumbnailSize;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Smaller, upright copies of an image: decoded once, as coarsely as the largest copy allows. */
final class Thumbnails implements HostWork {
    @Override
    public Map<String, Object> run(HostRequest request, Progress progress) throws IOException {
        Fields fields = request.fields();
        int orientation = fields.integer("orientation", 1);
        boolean png = fields.text("format", "jpeg").equals("png");
        List<Fields> sizes = fields.objects("sizes");
        BufferedImage source =
                ImageSource.read(
                        request.file(),
                        fields.text("mediaType", ""),
                        (width, height) -> largestScale(sizes, width, height, orientation));
        BufferedImage upright = Upright.turn(source, orientation);
        for (int i = 0; i < sizes.size(); i++) {
            Fields size = sizes.get(i);
            progress.begun("size", i + 1, sizes.size());
            BufferedImage small = Scaling.to(upright, ThumbnailSize.of(size));
            ImageFile.write(small, png, request.folder().resolve(size.text("file", "")));
        }
        return Map.of("count", sizes.size());
    }

    /** How large the largest copy is, as a share of the stored image; at most 1. */
    private static double largestScale(List<Fields> sizes, int width, int height, int orientation) {
        boolean turned = Upright.turns(orientation);
        int uprightWidth = turned ? height : width;
        int uprightHeight = turned ? width : height;
        return sizes.stream()
                .map(ThumbnailSize::of)
                .mapToDouble(size -> size.scale(uprightWidth, uprightHeight))
                .max()
                .orElse(1);
    }
}
