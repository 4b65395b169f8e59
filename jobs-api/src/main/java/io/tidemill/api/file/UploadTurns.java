package io.tidemill.api.file;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets uploads take turns, a piece of each at a time on half of the processors, so that many at
 * once do not slow down other requests. Small ones go first. Whoever waits is not read from, so its
 * sender waits too (TCP flow control).
 */
@ApplicationScoped
class UploadTurns {
    /** Bytes of a body that wait for nobody. */
    static final int FREE_BYTES = 64 * 1024;

    /** Bytes of a body that go before what lies beyond them in others. */
    static final int FIRST_BYTES = 1024 * 1024;

    private final PrioritySemaphore turns;

    UploadTurns() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /**
     * Turns of which so many are taken at once.
     *
     * @param atOnce 1 or more
     */
    UploadTurns(int atOnce) {
        turns = new PrioritySemaphore(atOnce);
    }

    /** A body read in turns. To be closed, which does not close the body itself. */
    InputStream of(InputStream body) {
        return new InTurns(body);
    }

    /** How many bodies wait for their turn. */
    int waiting() {
        return turns.waiting();
    }

    /** It is its turn from when bytes were read until the next are asked for. */
    private final class InTurns extends InputStream {
        private final InputStream body;
        private long bytes;
        private boolean itsTurn;

        InTurns(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            end();
            int read = body.read(buffer, offset, length);
            bytes += Math.max(0, read);
            if (read > 0 && bytes > FREE_BYTES) {
                turns.acquire(bytes <= FIRST_BYTES);
                itsTurn = true;
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return body.available();
        }

        @Override
        public void close() {
            end();
        }

        private void end() {
            if (itsTurn) {
                itsTurn = false;
                turns.release();
            }
        }
    }
}
