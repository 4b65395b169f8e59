package io.tidemill.api.delivery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to on behalf of a user: those of the public internet, and no
 * other. The ranges are those of IANA's special-purpose address registries (RFC 6890 and its
 * updates, 2026), whole, also where a registry calls a part of one globally reachable.
 *
 * @param loopback whether this machine itself is allowed, too; for one machine and for tests
 */
public record AddressRules(boolean loopback) {
    private static final List<AddressRange> SPECIAL_V4 =
            ranges(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // carrier-grade NAT, also metadata services
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local, also metadata services
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments, also metadata services
                    "192.0.2.0/24", // documentation
                    "192.31.196.0/24", // AS112
                    "192.52.193.0/24", // AMT
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16", // private
                    "192.175.48.0/24", // AS112
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4"); // reserved, broadcast

    /**
     * All that is global unicast. Outside lie unspecified, loopback, v4-compatible and v4-mapped
     * addresses, NAT64, discard, segment routing, unique local, link-local, site-local, multicast.
     */
    private static final AddressRange UNICAST_V6 = AddressRange.of("2000::/3");

    private static final List<AddressRange> SPECIAL_V6 =
            ranges(
                    "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID and more
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4, holds a v4 address
                    "2620:4f:8000::/48", // AS112
                    "3ffe::/16", // 6bone, given back
                    "3fff::/20"); // documentation

    /** Whether this address may be connected to. */
    public boolean allow(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return loopback;
        }
        return address instanceof Inet4Address ? isGlobalV4(address) : isGlobalV6(address);
    }

    private static boolean isGlobalV4(InetAddress address) {
        return SPECIAL_V4.stream().noneMatch(range -> range.contains(address));
    }

    private static boolean isGlobalV6(InetAddress address) {
        return UNICAST_V6.contains(address)
                && SPECIAL_V6.stream().noneMatch(range -> range.contains(address))
                && !isIsatap(address.getAddress());
    }

    /** Interface ids that hold a v4 address (RFC 5214); they can stand behind any prefix. */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & ~2) == 0
                && address[9] == 0
                && address[10] == 0x5e
                && address[11] == (byte) 0xfe;
    }

    private static List<AddressRange> ranges(String... cidrs) {
        return Stream.of(cidrs).map(AddressRange::of).toList();
    }
}
