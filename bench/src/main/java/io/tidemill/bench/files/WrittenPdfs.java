package io.tidemill.bench.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** PDF files of twenty pages of text, as plain as the format allows. */
final class WrittenPdfs {
    private static final int FILES = 5;
    private static final int PAGES = 20;
    private static final int LINES = 48;

    /** Objects before the first page: catalog, list of pages, font. */
    private static final int FIRST_PAGE = 4;

    private WrittenPdfs() {}

    static List<Path> write(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            files.add(Files.write(folder.resolve("text-" + i + ".pdf"), pdf(PAGES, i)));
        }
        return files;
    }

    static byte[] pdf(int pages, int seed) {
        List<String> objects = new ArrayList<>();
        objects.add("<</Type/Catalog/Pages 2 0 R>>");
        String kids =
                IntStream.range(0, pages)
                        .mapToObj(page -> FIRST_PAGE + 2 * page + " 0 R")
                        .collect(Collectors.joining(" "));
        objects.add("<</Type/Pages/Count %d/Kids[%s]>>".formatted(pages, kids));
        objects.add("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>");
        for (int page = 0; page < pages; page++) {
            objects.add(
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
                            .formatted(objects.size() + 2));
            String text = text(seed * pages + page);
            objects.add("<</Length %d>>stream\n%s\nendstream".formatted(text.length(), text));
        }
        return file(objects);
    }

    private static String text(int seed) {
        return Prose.lines(LINES, seed).stream()
                .map(line -> "(" + line + ")'")
                .collect(Collectors.joining("\n", "BT /F 11 Tf 15 TL 50 800 Td\n", "\nET"));
    }

    private static byte[] file(List<String> objects) {
        StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
        StringBuilder places = new StringBuilder("0000000000 65535 f \n");
        for (int i = 0; i < objects.size(); i++) {
            places.append("%010d 00000 n \n".formatted(pdf.length()));
            pdf.append("%d 0 obj\n%s\nendobj\n".formatted(i + 1, objects.get(i)));
        }
        int size = objects.size() + 1;
        int start = pdf.length();
        pdf.append("xref\n0 %d\n%s".formatted(size, places));
        pdf.append("trailer\n<</Size %d/Root 1 0 R>>\n".formatted(size));
        return pdf.append("startxref\n%d\n%%%%EOF\n".formatted(start))
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }
}
