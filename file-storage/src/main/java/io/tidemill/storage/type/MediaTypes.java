package io.tidemill.storage.type;

import java.util.List;

/**
 * Tells the media type of content by its first bytes, never by what a client claims. Formats that
 * are marked by their bytes come first, then text, then formats whose mark is so weak that text
 * could carry it by chance.
 */
public final class MediaTypes {
    /** How many bytes are looked at. */
    public static final int HEAD_BYTES = 64 * 1024;

    private static final String EMPTY = "application/x-empty";
    private static final String UNKNOWN = "application/octet-stream";
    private static final List<Sniffer> SNIFFERS =
            List.of(
                    new Magic(),
                    new Riff(),
                    new IsoMedia(),
                    new Matroska(),
                    new Ogg(),
                    new ZipFamily(),
                    new Tar(),
                    new Pdf());
    private static final List<Sniffer> WEAK_SNIFFERS =
            List.of(new Bitmap(), new MpegAudio(), new TransportStream());

    private MediaTypes() {}

    /**
     * The media type, {@code application/octet-stream} when unknown, {@code application/x-empty}
     * for no bytes.
     *
     * @param head the first {@link #HEAD_BYTES} bytes, or all when there are fewer
     * @param size of the whole content, in bytes
     * @param name the file's name, or empty; only decides between {@code text/plain} and {@code
     *     text/csv}
     */
    public static String detect(byte[] head, long size, String name) {
        if (size == 0) {
            return EMPTY;
        }
        Head bytes = new Head(head, size);
        String marked = first(SNIFFERS, bytes);
        if (!marked.isEmpty()) {
            return marked;
        }
        Text text = Text.decode(bytes);
        if (text != null) {
            return TextTypes.detect(text, name);
        }
        String weak = first(WEAK_SNIFFERS, bytes);
        return weak.isEmpty() ? UNKNOWN : weak;
    }

    private static String first(List<Sniffer> sniffers, Head head) {
        for (Sniffer sniffer : sniffers) {
            String type = sniffer.sniff(head);
            if (type != null) {
                return type;
            }
        }
        return "";
    }
}
