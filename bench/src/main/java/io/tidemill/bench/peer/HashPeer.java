package io.tidemill.bench.peer;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The hash of a file, taken as our services take it: SHA-256 of the JDK, in pieces of 64 KiB. */
public final class HashPeer implements PeerWork {
    private static final int PIECE = 64 * 1024;

    private final Path file;

    private HashPeer(Path file) {
        this.file = file;
    }

    public static void main(String[] args) throws Exception {
        PeerProgram.serve(new HashPeer(Path.of(System.getenv().getOrDefault("FILE", ""))));
    }

    /** Hashes the file so many times. */
    @Override
    public void run(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            hash();
        }
    }

    private void hash() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] piece = new byte[PIECE];
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        System.out.println(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() {
        // nothing is open between two orders
    }
}
