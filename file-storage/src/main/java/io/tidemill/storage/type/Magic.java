package io.tidemill.storage.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formats that begin with bytes nothing else begins with. */
final class Magic implements Sniffer {
    private record Mark(String bytes, String mediaType) {}

    private static final List<Mark> MARKS =
            List.of(
                    new Mark("\u00ff\u00d8\u00ff", "image/jpeg"),
                    new Mark("\u0089PNG\r\n\u001a\n", "image/png"),
                    new Mark("GIF87a", "image/gif"),
                    new Mark("GIF89a", "image/gif"),
                    new Mark("II*\0", "image/tiff"),
                    new Mark("MM\0*", "image/tiff"),
                    new Mark("II+\0\b\0\0\0", "image/tiff"),
                    new Mark("MM\0+\0\b\0\0", "image/tiff"),
                    new Mark("\0\0\0\fjP  \r\n\u0087\n", "image/jp2"),
                    new Mark("\0\0\0\fJXL \r\n\u0087\n", "image/jxl"),
                    new Mark("8BPS\0\u0001", "image/vnd.adobe.photoshop"),
                    new Mark("%PDF-", "application/pdf"),
                    new Mark("%!PS-Adobe-", "application/postscript"),
                    new Mark("{\\rtf", "application/rtf"),
                    new Mark(
                            "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
                            "application/x-ole-storage"),
                    new Mark("SQLite format 3\0", "application/vnd.sqlite3"),
                    new Mark("\u001f\u008b\b", "application/gzip"),
                    new Mark("\u00fd7zXZ\0", "application/x-xz"),
                    new Mark("(\u00b5/\u00fd", "application/zstd"),
                    new Mark("7z\u00bc\u00af'\u001c", "application/x-7z-compressed"),
                    new Mark("Rar!\u001a\u0007\0", "application/x-rar-compressed"),
                    new Mark("Rar!\u001a\u0007\u0001\0", "application/x-rar-compressed"),
                    new Mark("\u007fELF", "application/x-elf"),
                    new Mark("ID3", "audio/mpeg"),
                    new Mark("fLaC", "audio/x-flac"),
                    new Mark("MThd\0\0\0\u0006", "audio/midi"),
                    new Mark("FLV\u0001", "video/x-flv"),
                    new Mark("\0\0\u0001\u00ba", "video/mpeg"),
                    new Mark("\0\0\u0001\u00b3", "video/mpeg"),
                    new Mark(
                            "0&\u00b2u\u008ef\u00cf\u0011\u00a6\u00d9\0\u00aa\0b\u00cel",
                            "video/x-ms-asf"),
                    new Mark("wOFF", "font/woff"),
                    new Mark("wOF2", "font/woff2"));

    @Override
    public @Nullable String sniff(Head head) {
        for (Mark mark : MARKS) {
            if (head.at(0, mark.bytes())) {
                return mark.mediaType();
            }
        }
        return isBzip2(head) ? "application/x-bzip2" : null;
    }

    private static boolean isBzip2(Head head) {
        int level = head.u8(3);
        return head.at(0, "BZh")
                && level >= '1'
                && level <= '9'
                && (head.at(4, "1AY&SY") || head.at(4, "\u0017rE8P\u0090"));
    }
}
