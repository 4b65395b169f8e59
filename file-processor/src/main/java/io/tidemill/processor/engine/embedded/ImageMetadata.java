package io.tidemill.processor.engine.embedded;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.Tag;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.gif.GifCommentDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.jpeg.JpegCommentDirectory;
import com.drew.metadata.png.PngDirectory;
import io.tidemill.processor.operation.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * EXIF, IPTC and comments, a bounded part of them. Where it was taken is private: only told is that
 * the file holds it.
 */
final class ImageMetadata implements HostWork {
    private static final int MAX_ENTRIES = 100;
    private static final Set<String> PLACES = Set.of("City", "Sub-location");

    @Override
    public Map<String, Object> run(HostRequest request, Progress progress) throws IOException {
        try (InputStream input = new BufferedInputStream(Files.newInputStream(request.file()))) {
            Metadata metadata = ImageMetadataReader.readMetadata(input, Files.size(request.file()));
            return Map.of(
                    "metadata", entries(metadata),
                    "hasLocation", metadata.containsDirectoryOfType(GpsDirectory.class));
        } catch (ImageProcessingException e) {
            throw new IOException("the metadata cannot be read", e);
        }
    }

    private static Map<String, Object> entries(Metadata metadata) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Directory directory : metadata.getDirectories()) {
            if (shown(directory)) {
                directory.getTags().forEach(tag -> put(entries, tag));
            }
        }
        return entries;
    }

    /** What people and programs wrote down; not how the bytes are laid out, nor makers' notes. */
    private static boolean shown(Directory directory) {
        return directory instanceof ExifIFD0Directory
                || directory instanceof ExifSubIFDDirectory
                || directory instanceof IptcDirectory
                || directory instanceof PngDirectory
                || directory instanceof JpegCommentDirectory
                || directory instanceof GifCommentDirectory;
    }

    private static boolean tellsPlace(Tag tag) {
        return PLACES.contains(tag.getTagName());
    }

    private static void put(Map<String, Object> entries, Tag tag) {
        String value = tag.getDescription();
        if (value == null
                || entries.size() >= MAX_ENTRIES
                || !tag.hasTagName()
                || tellsPlace(tag)) {
            return;
        }
        String name = tag.getDirectoryName() + "/" + tag.getTagName();
        entries.putIfAbsent(
                MetadataText.bounded(name, MetadataText.MAX_NAME),
                MetadataText.bounded(value, MetadataText.MAX_VALUE));
    }
}
