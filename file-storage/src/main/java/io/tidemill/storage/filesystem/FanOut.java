package io.tidemill.storage.filesystem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Makes the two levels of folders below {@code objects/} when they are first needed. A folder is
 * trusted once this process has itself forced its entry to the disk: another process may have made
 * it a moment ago and not have come to that yet.
 */
final class FanOut {
    private static final int HEX = 16;
    private final BitSet trusted = new BitSet(1 << HEX);

    void prepare(Path object) throws IOException {
        int index = Integer.parseInt(object.getFileName().toString().substring(0, 4), HEX);
        if (isTrusted(index)) {
            return;
        }
        Path inner = Folders.of(object);
        Folders.make(Folders.of(inner));
        Folders.make(inner);
        trust(index);
    }

    private synchronized boolean isTrusted(int index) {
        return trusted.get(index);
    }

    private synchronized void trust(int index) {
        trusted.set(index);
    }
}
