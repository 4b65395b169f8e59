package io.tidemill.processor.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the header of an image says.
 *
 * @param width stored pixels a row
 * @param height stored rows
 * @param progressive whether decoding needs the whole image in memory (progressive JPEG, interlaced
 *     PNG)
 * @param frames images in the file as far as the header tells; counted for TIFF only, else 1
 * @param orientation which way up, 1 to 8, as in EXIF 2.32 (tag 0x0112); 1 is upright
 */
public record ImageHeader(
        ImageFormat format,
        int width,
        int height,
        boolean progressive,
        int frames,
        int orientation) {
    public static final int UPRIGHT = 1;

    private static final int FIRST_TURNED_ORIENTATION = 5;
    private static final int LAST_ORIENTATION = 8;

    public ImageHeader {
        if (orientation < UPRIGHT || orientation > LAST_ORIENTATION) {
            orientation = UPRIGHT;
        }
    }

    /** An upright image in one frame that decodes row by row. */
    ImageHeader(ImageFormat format, int width, int height) {
        this(format, width, height, false, 1, UPRIGHT);
    }

    /**
     * Reads the header.
     *
     * @return empty when the file begins like none of the formats
     * @throws DamagedImageException when it begins like one but the header makes no sense
     */
    public static Optional<ImageHeader> read(Path file) throws IOException {
        try (HeaderBytes bytes = HeaderBytes.open(file)) {
            if (JpegHeader.begins(bytes)) {
                return Optional.of(sane(JpegHeader.read(bytes)));
            }
            if (PngHeader.begins(bytes)) {
                return Optional.of(sane(PngHeader.read(bytes)));
            }
            if (GifHeader.begins(bytes)) {
                return Optional.of(sane(GifHeader.read(bytes)));
            }
            if (WebpHeader.begins(bytes)) {
                return Optional.of(sane(WebpHeader.read(bytes)));
            }
            return TiffDirectory.begins(bytes)
                    ? Optional.of(sane(TiffDirectory.header(bytes)))
                    : Optional.empty();
        }
    }

    private static ImageHeader sane(ImageHeader header) throws DamagedImageException {
        if (header.width < 1 || header.height < 1) {
            throw new DamagedImageException("the image has no size");
        }
        return header;
    }

    public long pixels() {
        return (long) width * height;
    }

    /** Whether width and height change places when the image is turned upright. */
    public boolean turned() {
        return orientation >= FIRST_TURNED_ORIENTATION;
    }

    public int uprightWidth() {
        return turned() ? height : width;
    }

    public int uprightHeight() {
        return turned() ? width : height;
    }
}
