package io.tidemill.storage.type;

import org.jspecify.annotations.Nullable;

/**
 * A tar archive: its first header block carries a checksum of itself, in every dialect (POSIX
 * ustar).
 */
final class Tar implements Sniffer {
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_DIGITS = 8;

    @Override
    public @Nullable String sniff(Head head) {
        if (head.length() < BLOCK || head.u8(0) <= 0) {
            return null;
        }
        String claimed = head.latin1(CHECKSUM, CHECKSUM_DIGITS).replace('\0', ' ').strip();
        boolean octal = claimed.matches("[0-7]{1,7}");
        return octal && Integer.parseInt(claimed, 8) == sum(head) ? "application/x-tar" : null;
    }

    /** The sum of the block's bytes, with the checksum's own taken as spaces. */
    private static int sum(Head head) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean inChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_DIGITS;
            sum += inChecksum ? ' ' : head.u8(i);
        }
        return sum;
    }
}
