package io.tidemill.api.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidemill.api.delivery.TargetUrl.Reading;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs an endpoint may have; the hostile ones are those that have fooled others. */
class TargetUrlTest {
    private static final UrlRules STRICT = new UrlRules(false, Set.of(443, 8443));
    private static final UrlRules LOCAL = new UrlRules(true, Set.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                // not https
                "http://example.com/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com:443/_x",
                "jar:https://example.com!/",
                "javascript:alert(1)",
                "//example.com/",
                "example.com",
                "https:/example.com",
                "https:example.com",
                "https://",
                "https:///path",
                "https://:443/",
                "",
                // who is the host?
                "https://user@example.com/",
                "https://user:secret@example.com/",
                "https://example.com@127.0.0.1/",
                "https://127.0.0.1\\@example.com/",
                "https://example.com\\.evil.com/",
                "https://example.com#@127.0.0.1/",
                "https://example.com/#fragment",
                "https://exa mple.com/",
                "https://example.com/a b",
                "https://example.com/\r\nHost: internal",
                "https://example.com/\u0000",
                "https://example%2ecom/",
                "https://127.0.0.1%2f.example.com/",
                "https://exämple.com/",
                "https://ⓔxample.com/",
                "https://127。0。0。1/",
                "https://①②⑦.0.0.1/",
                "https://example.com./",
                "https://.example.com/",
                "https://example..com/",
                "https://-example.com/",
                "https://exa_mple.com/",
                "https://localhost/",
                "https://intranet/",
                // ports
                "https://example.com:22/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:0443/",
                "https://example.com:443:443/",
                "https://example.com:/",
                "https://example.com:+443/",
                // addresses that are not of the public internet
                "https://127.0.0.1/",
                "https://127.1.2.3/",
                "https://0.0.0.0/",
                "https://10.0.0.1/",
                "https://100.64.0.1/",
                "https://100.100.100.200/",
                "https://169.254.169.254/latest/meta-data/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.0.0.192/",
                "https://192.168.1.1/",
                "https://198.18.0.1/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://[::]/",
                "https://[::1]/",
                "https://[::127.0.0.1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::ffff:a9fe:a9fe]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b:1::a9fe:a9fe]/",
                "https://[2002:7f00:1::]/",
                "https://[2001:0:7f00:1::1]/",
                "https://[fc00::1]/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fe80::1%eth0]/",
                "https://[ff02::1]/",
                "https://[2001:db8::1]/",
                // other ways to write one
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0177.0.0.1/",
                "https://017700000001/",
                "https://127.1/",
                "https://127.0.1/",
                "https://1.2.3.4.5/",
                "https://256.1.1.1/",
                "https://8.8.8.08/",
                "https://[8.8.8.8]/",
                "https://[2606:4700::1111/",
                "https://2606:4700::1111/",
                "https://[2606:4700::1111]x/",
                "https://[]/"
            })
    void refusesWhatCouldLeadSomewhereElse(String url) {
        assertInstanceOf(Reading.Refused.class, TargetUrl.read(url, STRICT), url);
    }

    @Test
    void refusesWhatIsTooLong() {
        String path = "a".repeat(TargetUrl.MOST);
        assertInstanceOf(
                Reading.Refused.class, TargetUrl.read("https://example.com/" + path, STRICT));
        String escapes = "%41".repeat(600);
        assertInstanceOf(
                Reading.Valid.class, TargetUrl.read("https://example.com/" + escapes, STRICT));
    }

    @Test
    void takesAPublicUrlApart() {
        TargetUrl url = read("HTTPS://Hooks.Example.COM:8443/a/b?c=d&e=%20", STRICT);
        assertEquals(new TargetUrl(true, "hooks.example.com", 8443, "/a/b?c=d&e=%20", null), url);
    }

    @Test
    void fillsInWhatIsLeftOut() {
        TargetUrl url = read("https://xn--exmple-cua.com?x", STRICT);
        assertEquals(443, url.port());
        assertEquals("/?x", url.path());
        assertEquals("/", read("https://example.com", STRICT).path());
        assertNull(url.literal());
    }

    @Test
    void takesPublicAddresses() {
        assertEquals("8.8.8.8", literal("https://8.8.8.8/"));
        assertEquals("2606:4700:0:0:0:0:0:1111", literal("https://[2606:4700::1111]/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/hook",
                "http://127.0.0.1:1/",
                "http://[::1]:3000/",
                "https://example.com:22/"
            })
    void takesThisMachineInTheLocalProfile(String url) {
        assertInstanceOf(Reading.Valid.class, TargetUrl.read(url, LOCAL), url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://169.254.169.254/",
                "http://[fe80::1]/",
                "http://0.0.0.0/",
                "http://0x7f000001/",
                "http://user@localhost/",
                "ftp://localhost/"
            })
    void refusesTheRestInTheLocalProfileToo(String url) {
        assertInstanceOf(Reading.Refused.class, TargetUrl.read(url, LOCAL), url);
    }

    private static String literal(String url) {
        return Objects.requireNonNull(read(url, STRICT).literal()).getHostAddress();
    }

    private static TargetUrl read(String url, UrlRules rules) {
        return assertInstanceOf(Reading.Valid.class, TargetUrl.read(url, rules)).url();
    }
}
