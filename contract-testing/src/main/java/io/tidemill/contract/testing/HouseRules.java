package io.tidemill.contract.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/** The rules every module keeps; each module's own test adds what is special to it. */
public final class HouseRules {
    /** A name that says what a class is for. */
    public static final ArchRule NAMES_SAY_SOMETHING =
            noClasses()
                    .should()
                    .haveNameMatching(
                            ".*(Manager|Helper|Utils?|Impl|Base|Data|Info|Common|Misc)(\\$.*)?")
                    .because(
                            "such a name fits any class; name it after what it does, or give each"
                                    + " part of it to the class it serves");

    /** Everything a class needs is visible in its constructor. */
    public static final ArchRule INJECTION_BY_CONSTRUCTOR =
            noFields()
                    .should()
                    .beAnnotatedWith("jakarta.inject.Inject")
                    .orShould()
                    .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                    .orShould()
                    .beAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Channel")
                    .because(
                            "tests then need no container; make the field final and take its value"
                                    + " as a constructor parameter with the same annotation")
                    .allowEmptyShould(true);

    /** One way to log. */
    public static final ArchRule NO_JAVA_UTIL_LOGGING =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.util.logging..")
                    .because(
                            "logs have one format and one configuration; use org.jboss.logging.Logger");

    /** Output goes through the log; only a program of the command line may print. */
    public static final ArchRule NO_CONSOLE =
            NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
                    "nobody reads the standard streams of a service; use org.jboss.logging.Logger");

    /** Nothing that can change is shared by all. */
    public static final ArchRule NO_MUTABLE_GLOBALS =
            fields().that()
                    .areStatic()
                    .should()
                    .beFinal()
                    .because(
                            "two tests, or two tenants, would change it for each other; make it an"
                                    + " instance field of an injected class")
                    .allowEmptyShould(true);

    private HouseRules() {}

    /** A module's own classes, without its tests. */
    public static JavaClasses classesOf(String rootPackage) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(rootPackage);
    }

    /** Packages can be understood one after the other. */
    public static ArchRule noPackageCycles(String rootPackage) {
        return slices().matching(rootPackage + ".(**)")
                .should()
                .beFreeOfCycles()
                .because(
                        "packages in a circle can only be understood all at once; move the class"
                                + " both need into a package below them, or hand it in as a"
                                + " function")
                .allowEmptyShould(true);
    }
}
