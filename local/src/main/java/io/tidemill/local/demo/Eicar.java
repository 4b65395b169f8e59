package io.tidemill.local.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The harmless file every virus scanner reports, see eicar.org. It is put together only when
 * needed: stored whole, it would make scanners remove it, and this project's files with it.
 */
public final class Eicar {
    public static final String NAME = "eicar.txt";

    private static final List<String> PARTS =
            List.of(
                    "X5O!P%@AP[4\\PZX54(P^)",
                    "7CC)7}$EICAR-STANDARD", "-ANTIVIRUS-TEST", "-FILE!$H+H*");

    private Eicar() {}

    public static byte[] bytes() {
        return String.join("", PARTS).getBytes(StandardCharsets.US_ASCII);
    }
}
