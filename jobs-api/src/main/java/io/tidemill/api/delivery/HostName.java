package io.tidemill.api.delivery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the host of a URL strictly: a name of ASCII labels, four decimal numbers, or a v6 address
 * in brackets. No other way to write an address is taken, so that nothing passes for a name that
 * somebody else would read as an address.
 */
final class HostName {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern V6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
    private static final int MOST = 253;

    private HostName() {}

    /** The address, if this is one. */
    static Optional<InetAddress> address(String host) {
        return host.startsWith("[") ? v6(host) : v4(host);
    }

    /** Whether this is a name, and nothing that could be read as an address. */
    static boolean isName(String host) {
        List<String> labels = labels(host);
        return host.length() <= MOST
                && labels.stream().allMatch(label -> LABEL.matcher(label).matches())
                && !NUMERIC.matcher(labels.getLast()).matches();
    }

    private static List<String> labels(String host) {
        return Arrays.asList(host.split("\\.", -1));
    }

    private static Optional<InetAddress> v4(String host) {
        List<String> parts = labels(host);
        if (parts.size() != 4 || !parts.stream().allMatch(HostName::isByte)) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) Integer.parseInt(parts.get(i));
        }
        return Optional.of(ofBytes(address));
    }

    private static boolean isByte(String part) {
        return BYTE.matcher(part).matches() && Integer.parseInt(part) <= 255;
    }

    private static Optional<InetAddress> v6(String host) {
        if (!V6.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Inet6Address.ofLiteral(host.substring(1, host.length() - 1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static InetAddress ofBytes(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
