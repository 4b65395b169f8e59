package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every jar that is shipped is known, with its digest and its licence. */
class SupplyChainIT {
    private static final List<String> SERVICES = List.of("jobs-api", "file-processor");
    private static final Path THIRD_PARTY = Tidemill.HOME.resolve("THIRD-PARTY.md");

    /** The first of them that a jar is offered under is the one we take. */
    private static final List<String> AGREED =
            List.of(
                    "Apache-2.0",
                    "MIT",
                    "MIT-0",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "Public Domain",
                    "EPL-2.0");

    /**
     * Where the SBOM is wrong. TwelveMonkeys says "The BSD License" in its POM, which becomes the
     * one with four clauses; its text has three.
     */
    private static final Map<String, String> CORRECTED =
            Map.of(
                    "com.twelvemonkeys.common", "BSD-3-Clause",
                    "com.twelvemonkeys.imageio", "BSD-3-Clause");

    /** Quarkus takes classes it never uses out of this one. */
    private static final String REWRITTEN = "io.opentelemetry.opentelemetry-exporter-otlp-1";

    /** There is one for each platform; the build takes that of the machine. */
    private static final Pattern PLATFORM = Pattern.compile("(:native-).+");

    private static final String HEAD =
            """
            # Third-party software

            What `jobs-api` and `file-processor` are shipped with, and the licence we take where there is a choice. Written by `./tidemill licences` from
            the bills of materials of the build; `./tidemill test` fails where it is not true any more, or where a licence is none of those agreed
            ([docs/supply-chain.md](docs/supply-chain.md)).

            | component | version | licence | in |
            |---|---|---|---|
            """;

    @ParameterizedTest
    @ValueSource(strings = {"jobs-api", "file-processor"})
    void theBillOfMaterialsFollowsCycloneDx(String service) throws IOException {
        JsonParser parser = new JsonParser();
        assertEquals(
                List.of(), parser.validate(Sbom.of(service).file().toFile(), Version.VERSION_16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs-api", "file-processor"})
    void itNamesEveryJarThatIsShippedByItsDigest(String service) throws IOException {
        Map<String, String> named = new TreeMap<>();
        for (Sbom.Component component : Sbom.of(service).components()) {
            named.put(component.jar(), component.sha256());
        }
        Map<String, String> shipped = shipped(service);
        assertTrue(shipped.size() > 100, shipped.keySet().toString());
        named.keySet().removeIf(jar -> jar.startsWith("io.tidemill.tidemill-" + service));
        assertEquals(shipped.keySet(), named.keySet());
        shipped.keySet().removeIf(jar -> jar.startsWith(REWRITTEN));
        shipped.forEach((jar, digest) -> assertEquals(digest, named.get(jar), jar));
    }

    @Test
    void allLicencesAreAmongThoseAgreed() throws IOException {
        for (String service : SERVICES) {
            for (Sbom.Component component : Sbom.of(service).components()) {
                assertFalse(
                        licence(component).isEmpty(),
                        component.jar() + " is under " + component.licences());
            }
        }
    }

    @Test
    void thirdPartySoftwareIsListed() throws IOException {
        String list = list();
        if (Boolean.getBoolean("licences.write")) {
            Files.writeString(THIRD_PARTY, list);
        }
        assertEquals(
                Files.readString(THIRD_PARTY).lines().toList(),
                list.lines().toList(),
                "./tidemill licences writes it anew");
    }

    private static String list() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String service : SERVICES) {
            for (Sbom.Component component : Sbom.of(service).components()) {
                if (!component.group().equals("io.tidemill")) {
                    rows.merge(row(component), service, (first, second) -> "both");
                }
            }
        }
        StringBuilder text = new StringBuilder(HEAD);
        rows.forEach((row, in) -> text.append(row).append(in).append(" |\n"));
        return text.toString();
    }

    private static String row(Sbom.Component component) {
        return "| "
                + String.join(
                        " | ",
                        PLATFORM.matcher(component.group() + ":" + component.name())
                                .replaceAll("$1*"),
                        component.version(),
                        licence(component))
                + " | ";
    }

    private static String licence(Sbom.Component component) {
        String corrected = CORRECTED.get(component.group());
        List<String> offered = corrected == null ? component.licences() : List.of(corrected);
        return AGREED.stream().filter(offered::contains).findFirst().orElse("");
    }

    private static Map<String, String> shipped(String service) throws IOException {
        Path lib =
                Tidemill.HOME
                        .resolve(service)
                        .resolve("target")
                        .resolve("quarkus-app")
                        .resolve("lib");
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(lib)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                found.put(jar.getFileName().toString(), digest(Files.readAllBytes(jar)));
            }
        }
        return found;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
