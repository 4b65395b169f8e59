package io.tidemill.processor.engine.embedded;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.Tag;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.file.FileSystemDirectory;
import com.drew.metadata.icc.IccDirectory;
import io.tidemill.processor.engine.HostRequest;
import io.tidemill.processor.engine.HostWork;
import io.tidemill.processor.operation.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * EXIF, IPTC, XMP and what else an image tells about itself, a bounded part of it. Where it was
 * taken is private: only told is that the file holds it.
 */
final class ImageMetadata implements HostWork {
    private static final int MAX_ENTRIES = 100;

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

    private static boolean shown(Directory directory) {
        return !(directory instanceof GpsDirectory
                || directory instanceof IccDirectory
                || directory instanceof FileSystemDirectory);
    }

    private static void put(Map<String, Object> entries, Tag tag) {
        String value = tag.getDescription();
        if (value == null || entries.size() >= MAX_ENTRIES || !tag.hasTagName()) {
            return;
        }
        String name = tag.getDirectoryName() + "/" + tag.getTagName();
        entries.putIfAbsent(
                MetadataText.bounded(name, MetadataText.MAX_NAME),
                MetadataText.bounded(value, MetadataText.MAX_VALUE));
    }
}
