package io.tidemill.storage.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * MP4, QuickTime, AVIF and HEIC: ISO base media files (ISO/IEC 14496-12), told apart by the brands
 * in their {@code ftyp} box; the oldest QuickTime files have none and begin with another box.
 */
final class IsoMedia implements Sniffer {
    private static final Set<String> QUICKTIME_BOXES = Set.of("moov", "mdat", "wide", "pnot");
    private static final int FIRST_COMPATIBLE_BRAND = 16;
    private static final int MAX_BRANDS = 64;

    @Override
    public @Nullable String sniff(Head head) {
        String box = head.latin1(4, 4);
        if (box.equals("ftyp")) {
            return byBrands(brands(head));
        }
        // Real boxes are shorter than 16 MiB or give no length: in text these bytes are letters.
        return QUICKTIME_BOXES.contains(box) && head.u8(0) == 0 ? "video/quicktime" : null;
    }

    private static List<String> brands(Head head) {
        List<String> brands = new ArrayList<>();
        brands.add(head.latin1(8, 4));
        long end = Math.min(head.u32be(0), head.length());
        for (int at = FIRST_COMPATIBLE_BRAND;
                at + 4 <= end && brands.size() < MAX_BRANDS;
                at += 4) {
            brands.add(head.latin1(at, 4));
        }
        return brands;
    }

    private static String byBrands(List<String> brands) {
        return switch (brands.getFirst()) {
            case "avif", "avis" -> "image/avif";
            case "heic", "heix", "heim", "heis" -> "image/heic";
            case "hevc", "hevx", "hevm", "hevs" -> "image/heic-sequence";
            case "mif1", "msf1" -> stillImage(brands);
            case "qt  " -> "video/quicktime";
            case "M4A ", "M4B ", "M4P " -> "audio/mp4";
            case "M4V ", "M4VH", "M4VP" -> "video/x-m4v";
            case String brand when brand.startsWith("3gp") -> "video/3gpp";
            case String brand when brand.startsWith("3g2") -> "video/3gpp2";
            default -> "video/mp4";
        };
    }

    /** The general still image brand says nothing about the codec; the compatible ones do. */
    private static String stillImage(List<String> brands) {
        if (brands.contains("avif")) {
            return "image/avif";
        }
        return brands.contains("heic") || brands.contains("heix") ? "image/heic" : "image/heif";
    }
}
