package io.tidemill.processor.engine.embedded;

import io.tidemill.contract.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Opens PDF files: read from disk as needed, streams in memory, so that the heap is the limit. */
final class PdfFile {
    private PdfFile() {}

    /**
     * @throws RejectedInput when it needs a password
     */
    static PDDocument open(Path file) throws IOException {
        try {
            return Loader.loadPDF(file.toFile(), IOUtils.createMemoryOnlyStreamCache());
        } catch (InvalidPasswordException _) {
            throw new RejectedInput(
                    FailureCode.PASSWORD_PROTECTED.because("The PDF needs a password."));
        }
    }
}
