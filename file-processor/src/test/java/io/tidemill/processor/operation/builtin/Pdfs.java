package io.tidemill.processor.operation.builtin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** PDF files made for tests. */
final class Pdfs {
    private static final PDType1Font FONT = new PDType1Font(Standard14Fonts.FontName.HELVETICA);

    private Pdfs() {}

    /** A page for each text. */
    static byte[] withText(String... pages) throws IOException {
        try (PDDocument document = document(pages)) {
            return save(document);
        }
    }

    static byte[] withPassword(String password) throws IOException {
        try (PDDocument document = document("secret")) {
            document.protect(
                    new StandardProtectionPolicy("owner", password, new AccessPermission()));
            return save(document);
        }
    }

    static byte[] empty(int pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            return save(document);
        }
    }

    /** Pages that hold a picture and no text. */
    static byte[] scanned(BufferedImage... pictures) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (BufferedImage picture : pictures) {
                PDPage page = new PDPage(PDRectangle.A5);
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.drawImage(
                            LosslessFactory.createFromImage(document, picture), 0, 300, 420, 120);
                }
            }
            return save(document);
        }
    }

    /** One page whose text unpacks to so many mebibytes. */
    static byte[] bomb(int mebibytes) throws IOException {
        byte[] line = "(Hello, hello, hello) Tj ".repeat(1_000).getBytes(US_ASCII);
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            PDStream content = new PDStream(document);
            try (OutputStream output = content.createOutputStream(COSName.FLATE_DECODE)) {
                output.write("BT /F1 12 Tf 72 700 Td ".getBytes(US_ASCII));
                for (long written = 0; written < mebibytes * 1024L * 1024; written += line.length) {
                    output.write(line);
                }
            }
            PDResources resources = new PDResources();
            resources.put(COSName.getPDFName("F1"), FONT);
            page.setResources(resources);
            page.setContents(content);
            document.addPage(page);
            return save(document);
        }
    }

    /** So many pages, each full of the same lines. */
    static byte[] full(int pages, int lines) throws IOException {
        String line = "(The quick brown fox jumps over the lazy dog, over and over.) Tj 0 -9 Td ";
        byte[] text = ("BT /F1 8 Tf 40 800 Td " + line.repeat(lines) + "ET").getBytes(US_ASCII);
        try (PDDocument document = new PDDocument()) {
            PDStream content = new PDStream(document, new ByteArrayInputStream(text));
            PDResources resources = new PDResources();
            resources.put(COSName.getPDFName("F1"), FONT);
            for (int i = 0; i < pages; i++) {
                PDPage page = new PDPage(PDRectangle.A4);
                page.setResources(resources);
                page.setContents(content);
                document.addPage(page);
            }
            return save(document);
        }
    }

    private static PDDocument document(String... pages) throws IOException {
        PDDocument document = new PDDocument();
        for (String text : pages) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(FONT, 12);
                content.newLineAtOffset(72, 700);
                content.showText(text);
                content.endText();
            }
        }
        return document;
    }

    private static byte[] save(PDDocument document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }
}
