package io.tidemill.storage.type;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Heads of files of every kind, generated. */
final class Samples {
    private Samples() {}

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Each character one byte. */
    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The bytes, then zeros up to the length. */
    static byte[] padded(String latin1, int length) {
        return Arrays.copyOf(bytes(latin1), length);
    }

    static byte[] image(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    static byte[] riff(String form) {
        return padded("RIFF$\0\0\0" + form + "fmt \u0010\0\0\0", 64);
    }

    /** An {@code ftyp} box with the major brand and the compatible ones. */
    static byte[] ftyp(String... brands) {
        int size = 16 + 4 * (brands.length - 1);
        StringBuilder box = new StringBuilder("\0\0\0" + (char) size + "ftyp" + brands[0]);
        box.append("\0\0\0\0");
        Arrays.stream(brands).skip(1).forEach(box::append);
        return padded(box + "\0\0\0\u0008free", size + 64);
    }

    static byte[] ebml(String docType) {
        return padded(
                "\u001aE\u00df\u00a3\u00a3B\u0086\u0081\u0001B\u0082"
                        + (char) (0x80 | docType.length())
                        + docType,
                64);
    }

    static byte[] ogg(String firstPacket) {
        return padded("OggS\0\u0002" + "\0".repeat(20) + "\u0001\u001e" + firstPacket, 100);
    }

    /** Packets with one sync byte each, and a prefix in front of each. */
    static byte[] transportStream(int prefix) {
        byte[] packets = new byte[(188 + prefix) * 6];
        for (int at = prefix; at < packets.length; at += 188 + prefix) {
            packets[at] = 'G';
            packets[at + 3] = 0x10;
        }
        return packets;
    }

    /** Frames of 128 kbit/s at 44.1 kHz. */
    static byte[] mp3() {
        byte[] frames = new byte[417 * 3];
        for (int at = 0; at < frames.length; at += 417) {
            System.arraycopy(bytes("\u00ff\u00fb\u0090\0"), 0, frames, at, 4);
        }
        return frames;
    }

    static byte[] tar(String magic) {
        byte[] block = Arrays.copyOf(bytes("a.txt"), 1024);
        Arrays.fill(block, 148, 156, (byte) ' ');
        System.arraycopy(bytes("0000644\0"), 0, block, 100, 8);
        System.arraycopy(bytes(magic), 0, block, 257, magic.length());
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += block[i];
        }
        System.arraycopy(bytes("%06o\0 ".formatted(sum)), 0, block, 148, 8);
        return block;
    }

    static byte[] gzip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text("hello"));
        }
        return out.toByteArray();
    }

    /** A zip as a streaming writer makes it: lengths behind the bytes. */
    static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(text("content of " + name));
            }
        }
        return out.toByteArray();
    }

    /** A zip whose first entry is the media type, not compressed. */
    static byte[] declaredZip(String mediaType) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            byte[] content = bytes(mediaType);
            CRC32 crc = new CRC32();
            crc.update(ByteBuffer.wrap(content));
            ZipEntry first = new ZipEntry("mimetype");
            first.setMethod(ZipEntry.STORED);
            first.setSize(content.length);
            first.setCrc(crc.getValue());
            zip.putNextEntry(first);
            zip.write(content);
            zip.putNextEntry(new ZipEntry("content.xml"));
        }
        return out.toByteArray();
    }
}
