package io.tidemill.api.delivery;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** A range of addresses, as CIDR writes it. */
record AddressRange(InetAddress first, int prefix) {

    /** For example {@code 10.0.0.0/8} or {@code fc00::/7}. */
    static AddressRange of(String cidr) {
        int slash = cidr.indexOf('/');
        String address = cidr.substring(0, slash);
        return new AddressRange(
                address.indexOf(':') < 0
                        ? Inet4Address.ofLiteral(address)
                        : Inet6Address.ofLiteral(address),
                Integer.parseInt(cidr, slash + 1, cidr.length(), 10));
    }

    boolean contains(InetAddress address) {
        byte[] wanted = first.getAddress();
        byte[] given = address.getAddress();
        return wanted.length == given.length && sameBits(wanted, given);
    }

    private boolean sameBits(byte[] wanted, byte[] given) {
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            int at = bit / Byte.SIZE;
            if (((wanted[at] ^ given[at]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
