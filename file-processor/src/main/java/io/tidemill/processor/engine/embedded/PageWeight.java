package io.tidemill.processor.engine.embedded;

import io.tidemill.contract.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;

/**
 * Refuses pages that unpack to more than any page needs. PDFBox unpacks a page's content at once
 * into memory; this unpacks it beforehand in small pieces and only counts.
 */
final class PageWeight {
    private static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final int CHUNK = 16 * 1024;

    private PageWeight() {}

    /**
     * @throws RejectedInput when the page's content is larger than 32 MiB
     */
    static void check(PDPage page) throws IOException {
        long total = 0;
        Iterator<PDStream> streams = page.getContentStreams();
        while (streams.hasNext()) {
            PDStream stream = streams.next();
            if (deflated(stream)) {
                total += unpackedSize(stream, MAX_BYTES - total);
            }
            if (total >= MAX_BYTES) {
                throw new RejectedInput(
                        FailureCode.LIMIT_EXCEEDED.because(
                                "A page unpacks to more than %d bytes.".formatted(MAX_BYTES)));
            }
        }
    }

    private static boolean deflated(PDStream stream) {
        List<COSName> filters = stream.getFilters();
        return !filters.isEmpty()
                && (filters.getFirst().equals(COSName.FLATE_DECODE)
                        || filters.getFirst().equals(COSName.FLATE_DECODE_ABBREVIATION));
    }

    /** Counts up to about {@code enough}; damaged streams count as far as they can be read. */
    private static long unpackedSize(PDStream stream, long enough) throws IOException {
        byte[] packed = new byte[CHUNK];
        byte[] unpacked = new byte[CHUNK];
        try (InputStream input = stream.getCOSObject().createRawInputStream();
                Inflater inflater = new Inflater()) {
            while (inflater.getBytesWritten() < enough && !inflater.finished()) {
                if (inflater.needsInput()) {
                    int n = input.read(packed);
                    if (n <= 0) {
                        break;
                    }
                    inflater.setInput(packed, 0, n);
                }
                if (inflater.inflate(unpacked) == 0 && inflater.needsDictionary()) {
                    break;
                }
            }
            return inflater.getBytesWritten();
        } catch (DataFormatException _) {
            return 0;
        }
    }
}
