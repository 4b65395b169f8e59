package io.tidemill.local.postgres;

import io.tidemill.local.folder.Folders;
import io.tidemill.local.process.LaunchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the PostgreSQL of this platform from the class path, once for each version and user; the
 * copy stays in the user's cache folder.
 */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** The folder that holds {@code bin/postgres}. */
    static Path unpack() {
        String archive = "/postgres-" + platform() + ".txz";
        try {
            Path home = cache().resolve("postgres-" + digest(archive));
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                unpack(archive, home);
            }
            return home;
        } catch (IOException e) {
            throw new LaunchException("cannot unpack PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static void unpack(String archive, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        Path fresh = Files.createTempDirectory(home.getParent(), "unpacking");
        try (InputStream in = new XZInputStream(open(archive))) {
            untar(in, fresh);
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            Folders.delete(fresh);
        }
    }

    private static void untar(InputStream in, Path folder) throws IOException {
        Process tar =
                new ProcessBuilder("tar", "-xf", "-", "-C", folder.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (OutputStream out = tar.getOutputStream()) {
            in.transferTo(out);
        }
        int code = Exit.of(tar);
        if (code != 0) {
            throw new IOException("tar ended with " + code);
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        boolean arm = machine.equals("aarch64");
        if (system.startsWith("linux")) {
            return arm ? "linux-arm_64" : "linux-x86_64";
        }
        if (system.startsWith("mac") && arm) {
            return "darwin-arm_64";
        }
        throw new LaunchException(
                "no PostgreSQL for %s on %s; Linux (x86-64, arm64) and macOS (arm64) are supported"
                        .formatted(system, machine));
    }

    private static Path cache() {
        @Nullable String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache);
        return base.resolve("tidemill");
    }

    private static String digest(String archive) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            byte[] digest = in.getMessageDigest().digest();
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static InputStream open(String archive) {
        @Nullable InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new LaunchException(archive + " is not on the class path");
        }
        return in;
    }
}
