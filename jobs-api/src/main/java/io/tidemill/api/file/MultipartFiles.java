package io.tidemill.api.file;

import io.tidemill.api.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.MultipartInput;

/** Reads a multipart body (RFC 7578) part by part, as it arrives. */
final class MultipartFiles {
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "boundary\\s*=\\s*(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern DISPOSITION =
            Pattern.compile(
                    "^content-disposition\\s*:\\s*(.*)$",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private MultipartFiles() {}

    /** Takes a part that is a file. */
    interface PartConsumer {
        void accept(String name, InputStream bytes) throws IOException;
    }

    /**
     * Hands over every part that has a file name, one after the other.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when the body is not multipart as its
     *     Content-Type says
     */
    static void read(String contentType, InputStream body, PartConsumer consumer)
            throws IOException {
        try {
            MultipartInput parts =
                    MultipartInput.builder()
                            .setInputStream(body)
                            .setBoundary(
                                    boundary(contentType).getBytes(StandardCharsets.ISO_8859_1))
                            .get();
            parts.setHeaderCharset(StandardCharsets.UTF_8);
            boolean more = parts.skipPreamble();
            while (more) {
                part(parts, consumer);
                more = parts.readBoundary();
            }
        } catch (MultipartInput.MalformedStreamException
                | FileUploadSizeException
                | IllegalArgumentException _) {
            throw malformed();
        }
    }

    private static void part(MultipartInput parts, PartConsumer consumer) throws IOException {
        Matcher disposition = DISPOSITION.matcher(parts.readHeaders());
        String field = disposition.find() ? disposition.group(1).strip() : "";
        if (FileName.isPresent(field)) {
            try (InputStream bytes = parts.newInputStream()) {
                consumer.accept(FileName.of(field), bytes);
            }
        } else {
            parts.discardBodyData();
        }
    }

    private static String boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw malformed();
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    private static RuntimeException malformed() {
        return Problems.malformed(
                "The body is not multipart/form-data as its Content-Type says: a boundary is missing or a part is cut off.");
    }
}
