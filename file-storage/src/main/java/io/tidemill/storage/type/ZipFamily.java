package io.tidemill.storage.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Zip archives and the document formats that are zip archives, told apart by the names of their
 * first entries. Nothing is inflated; what the head does not show is a plain zip.
 */
final class ZipFamily implements Sniffer {
    private static final String ENTRY = "PK\u0003\u0004";
    private static final String EMPTY_ARCHIVE = "PK\u0005\u0006";
    private static final int ENTRY_HEADER = 30;
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_TYPE_LENGTH = 100;
    private static final Map<String, String> OFFICE_KINDS =
            Map.of(
                    "word/", "wordprocessingml.document",
                    "xl/", "spreadsheetml.sheet",
                    "ppt/", "presentationml.presentation");

    /** An entry's name, where its stored bytes begin, and how many the header says there are. */
    private record Entry(String name, int start, long length) {}

    @Override
    public @Nullable String sniff(Head head) {
        if (head.at(0, EMPTY_ARCHIVE)) {
            return "application/zip";
        }
        List<Entry> entries = head.at(0, ENTRY) ? entries(head) : List.of();
        return entries.isEmpty() ? null : byEntries(head, entries);
    }

    private static List<Entry> entries(Head head) {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at >= 0 && head.has(at, ENTRY_HEADER) && entries.size() < MAX_ENTRIES) {
            int nameLength = head.u16le(at + 26);
            int start = at + ENTRY_HEADER + nameLength + head.u16le(at + 28);
            long length = head.u32le(at + 18);
            entries.add(new Entry(head.latin1(at + ENTRY_HEADER, nameLength), start, length));
            at = next(head, start, length);
        }
        return entries;
    }

    /** A streaming writer leaves the length 0, so the next entry has to be looked for. */
    private static int next(Head head, int start, long length) {
        int exact = (int) Math.min(start + length, head.length());
        if (head.at(exact, ENTRY)) {
            return exact;
        }
        for (int at = start; at < head.length(); at++) {
            if (head.u8(at) == 'P' && head.at(at, ENTRY)) {
                return at;
            }
        }
        return -1;
    }

    private static String byEntries(Head head, List<Entry> entries) {
        Entry first = entries.getFirst();
        if (first.name().equals("mimetype")) {
            return byMimetypeEntry(head.latin1(first.start(), declaredLength(first)));
        }
        List<String> names = entries.stream().map(Entry::name).toList();
        if (names.contains("[Content_Types].xml") || names.contains("_rels/.rels")) {
            return officeOpenXml(names);
        }
        if (names.contains("AndroidManifest.xml")) {
            return "application/vnd.android.package-archive";
        }
        boolean jar = names.contains("META-INF/MANIFEST.MF");
        return jar ? "application/java-archive" : "application/zip";
    }

    private static int declaredLength(Entry entry) {
        return (int) Math.min(entry.length(), MAX_TYPE_LENGTH);
    }

    /** OpenDocument and EPUB store their media type as plain text in their first entry. */
    private static String byMimetypeEntry(String declared) {
        boolean known =
                declared.equals("application/epub+zip")
                        || declared.matches("application/vnd\\.oasis\\.opendocument\\.[a-z-]+");
        return known ? declared : "application/zip";
    }

    private static String officeOpenXml(List<String> names) {
        for (String name : names) {
            String kind = OFFICE_KINDS.get(name.substring(0, name.indexOf('/') + 1));
            if (kind != null) {
                return "application/vnd.openxmlformats-officedocument." + kind;
            }
        }
        return "application/zip";
    }
}
