package io.tidemill.api.file;

import java.nio.charset.StandardCharsets;

/** The field {@code Content-Disposition} (RFC 6266) of a download. */
final class Disposition {
    private static final String ATTRIBUTE_CHARS = "!#$&+-.^_`|~";

    private Disposition() {}

    /** Always {@code attachment}: a browser must not show uploaded bytes as a page of ours. */
    static String attachment(String name) {
        return "attachment; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(name);
    }

    private static String ascii(String name) {
        return name.replaceAll("[^\\x20-\\x7e]|[\"\\\\%]", "_");
    }

    /** As RFC 8187 has it. */
    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c < 0x80 && Character.isLetterOrDigit(c)) || ATTRIBUTE_CHARS.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append(String.format("%%%02X", (int) c));
            }
        }
        return text.toString();
    }
}
