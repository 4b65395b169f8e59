package io.tidemill.api.delivery;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an endpoint is, taken apart.
 *
 * @param host a name in lower case, or an address as URLs write it
 * @param path with the query, as it is sent
 * @param literal the address, when the URL has one in place of a name
 */
public record TargetUrl(
        boolean tls, String host, int port, String path, @Nullable InetAddress literal) {
    /** Characters a URL may have. */
    public static final int MOST = 2_000;

    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;
    private static final int MOST_PORT = 65_535;

    // Nothing two readers could understand differently: no backslash, no user, no fragment.
    private static final Pattern URL =
            Pattern.compile(
                    "(?<scheme>https?)://(?<host>\\[[^\\]/?#@]*]|[^\\[\\]/?#@:]*)(:(?<port>[1-9][0-9]{0,4}))?"
                            + "(?<path>[/?](?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+)?",
                    Pattern.CASE_INSENSITIVE);

    /** What came of reading one. */
    public sealed interface Reading {
        record Valid(TargetUrl url) implements Reading {}

        /** Why not, as it is told to whoever sent it. */
        record Refused(String reason) implements Reading {}
    }

    /** Reads a URL; what a name stands for is not looked up. */
    public static Reading read(String text, UrlRules rules) {
        Matcher parts = URL.matcher(text);
        if (text.length() > MOST || !parts.matches()) {
            return new Reading.Refused(
                    "must be an absolute https URL of at most 2000 ASCII characters, without user name, fragment or backslash;"
                            + " write names with other letters in their xn-- form");
        }
        TargetUrl url = of(parts);
        return url.refusal(rules)
                .<Reading>map(Reading.Refused::new)
                .orElseGet(() -> new Reading.Valid(url));
    }

    private static TargetUrl of(Matcher parts) {
        boolean tls = parts.group("scheme").equalsIgnoreCase("https");
        String host = parts.group("host").toLowerCase(Locale.ROOT);
        String port = parts.group("port");
        String path = parts.group("path") == null ? "/" : parts.group("path");
        return new TargetUrl(
                tls,
                host,
                port == null ? (tls ? TLS_PORT : PLAIN_PORT) : Integer.parseInt(port),
                path.startsWith("/") ? path : "/" + path,
                HostName.address(host).orElse(null));
    }

    private Optional<String> refusal(UrlRules rules) {
        if (!tls && !rules.local()) {
            return Optional.of("must begin with https://");
        }
        if (port > MOST_PORT || !rules.local() && !rules.ports().contains(port)) {
            return Optional.of(
                    "has the port "
                            + port
                            + ", which is not allowed here; the operator sets tidemill.webhook.ports");
        }
        return literal == null ? nameRefusal(rules) : addressRefusal(literal, rules);
    }

    private Optional<String> nameRefusal(UrlRules rules) {
        if (!HostName.isName(host) || !rules.local() && host.indexOf('.') < 0) {
            return Optional.of(
                    "has a host that is neither a full domain name nor an address in its usual form");
        }
        return Optional.empty();
    }

    private static Optional<String> addressRefusal(InetAddress address, UrlRules rules) {
        return rules.addresses().allow(address)
                ? Optional.empty()
                : Optional.of("has an address that is not one of the public internet");
    }
}
