package io.tidemill.local.folder;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * What opens the local database and broker. Made at random once for each data folder, so that other
 * people on the same machine cannot read it.
 *
 * @param username the same for both
 */
public record Credentials(String username, String databasePassword, String brokerPassword) {
    private static final String USERNAME = "tidemill";
    private static final String DATABASE = "database.password";
    private static final String BROKER = "broker.password";

    /** Reads the file, or makes it if it is not there. */
    static Credentials in(Path file) throws IOException {
        if (!Files.exists(file)) {
            OwnerOnly.write(
                    file, DATABASE + "=" + random() + "\n" + BROKER + "=" + random() + "\n");
        }
        Properties stored = new Properties();
        stored.load(new StringReader(Files.readString(file)));
        return new Credentials(USERNAME, required(stored, DATABASE), required(stored, BROKER));
    }

    private static String required(Properties stored, String key) throws IOException {
        String value = stored.getProperty(key);
        if (value == null) {
            throw new IOException("the credentials file has no " + key);
        }
        return value;
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Without the passwords, so that no log shows them. */
    @Override
    public String toString() {
        return "Credentials of " + username;
    }
}
