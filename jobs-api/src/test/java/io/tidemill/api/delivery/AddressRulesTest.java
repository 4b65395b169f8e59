package io.tidemill.api.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every range of IANA's special-purpose registries, at both of its ends. */
class AddressRulesTest {
    private static final AddressRules STRICT = new AddressRules(false);

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.255.255.255",
        "10.0.0.0, 10.255.255.255",
        "100.64.0.0, 100.127.255.255",
        "127.0.0.0, 127.255.255.255",
        "169.254.0.0, 169.254.255.255",
        "172.16.0.0, 172.31.255.255",
        "192.0.0.0, 192.0.0.255",
        "192.0.2.0, 192.0.2.255",
        "192.88.99.0, 192.88.99.255",
        "192.168.0.0, 192.168.255.255",
        "198.18.0.0, 198.19.255.255",
        "198.51.100.0, 198.51.100.255",
        "203.0.113.0, 203.0.113.255",
        "224.0.0.0, 239.255.255.255",
        "240.0.0.0, 255.255.255.255",
        "::, ::1",
        "::7f00:1, ::ffff:ffff",
        "64:ff9b::, 64:ff9b::ffff:ffff",
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
        "100::, 100::ffff:ffff:ffff:ffff",
        "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4000::",
        "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
        "5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void refusesSpecialRanges(String first, String last) {
        assertFalse(STRICT.allow(InetAddress.ofLiteral(first)), first);
        assertFalse(STRICT.allow(InetAddress.ofLiteral(last)), last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::",
                "2003::1",
                "2606:4700::1111",
                "2a00:1450:4001:82a::200e"
            })
    void allowsTheirNeighbours(String address) {
        assertTrue(STRICT.allow(InetAddress.ofLiteral(address)), address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a9fe:a9fe"})
    void refusesInterfaceIdsThatHoldAnotherAddress(String address) {
        assertFalse(STRICT.allow(InetAddress.ofLiteral(address)), address);
    }

    /** As the answer to a question for a v6 address could have it. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, false", "169.254.169.254, false", "8.8.8.8, true"})
    void judgesMappedAddressesByWhatTheyHold(String address, boolean allowed) throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        System.arraycopy(InetAddress.ofLiteral(address).getAddress(), 0, mapped, 12, 4);
        assertEquals(allowed, STRICT.allow(InetAddress.getByAddress(mapped)));
    }

    @Test
    void allowsThisMachineOnlyWhereThatIsWanted() {
        AddressRules local = new AddressRules(true);
        assertTrue(local.allow(InetAddress.ofLiteral("127.0.0.1")));
        assertTrue(local.allow(InetAddress.ofLiteral("::1")));
        assertFalse(local.allow(InetAddress.ofLiteral("0.0.0.0")));
        assertFalse(local.allow(InetAddress.ofLiteral("10.0.0.1")));
    }
}
