package io.tidemill.e2e;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Files that are damaged, locked, disguised or meant to do harm; made when needed. */
final class BadFiles {
    private BadFiles() {}

    /** A PNG of 74 bytes that says it has 60 000 × 60 000 pixels. */
    static byte[] hugePng() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(bytes, "IHDR", header(60_000));
        chunk(bytes, "IDAT", new byte[17]);
        chunk(bytes, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    /** A square of eight bits a pixel. */
    private static byte[] header(int side) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        new DataOutputStream(header).writeInt(side);
        new DataOutputStream(header).writeInt(side);
        header.write(new byte[] {8, 0, 0, 0, 0});
        return header.toByteArray();
    }

    private static void chunk(OutputStream png, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.US_ASCII));
        checksum.update(content);
        DataOutputStream out = new DataOutputStream(png);
        out.writeInt(content.length);
        out.writeBytes(name);
        out.write(content);
        out.writeInt((int) checksum.getValue());
    }

    static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("photo.jpg"));
            zip.write(Samples.read(Samples.PHOTO));
        }
        return bytes.toByteArray();
    }

    /** The first third of a JPEG. */
    static byte[] truncatedJpeg() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() / 3);
    }

    static byte[] lockedPdf() throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            document.protect(
                    new StandardProtectionPolicy("owner", "secret", new AccessPermission()));
            return saved(document);
        }
    }

    /** A PDF of about one megabyte, whose one page unpacks to a gigabyte of text. */
    static byte[] textBomb() throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDResources resources = new PDResources();
            resources.put(
                    COSName.getPDFName("F1"), new PDType1Font(Standard14Fonts.FontName.HELVETICA));
            PDPage page = new PDPage();
            page.setResources(resources);
            page.setContents(gigabyteOfText(document));
            document.addPage(page);
            return saved(document);
        }
    }

    private static PDStream gigabyteOfText(PDDocument document) throws IOException {
        byte[] mebibyte = "(Hello hello) Tj ".repeat(61_681).getBytes(StandardCharsets.US_ASCII);
        PDStream content = new PDStream(document);
        try (OutputStream output = content.createOutputStream(COSName.FLATE_DECODE)) {
            output.write("BT /F1 12 Tf 72 700 Td ".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1_024; i++) {
                output.write(mebibyte);
            }
        }
        return content;
    }

    private static byte[] saved(PDDocument document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }
}
