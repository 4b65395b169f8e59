package io.tidemill.contract;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.tidemill.contract.testing.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract stays so light that anything can depend on it. */
class ArchitectureTest {
    private static final String ROOT = "io.tidemill.contract";
    private static final JavaClasses CLASSES =
            HouseRules.classesOf(ROOT)
                    .that(not(resideInAPackage("io.tidemill.contract.testing..")));

    static List<ArchRule> houseRules() {
        return List.of(
                HouseRules.NAMES_SAY_SOMETHING,
                HouseRules.NO_CONSOLE,
                HouseRules.NO_JAVA_UTIL_LOGGING,
                HouseRules.NO_MUTABLE_GLOBALS,
                HouseRules.noPackageCycles(ROOT));
    }

    @ParameterizedTest
    @MethodSource("houseRules")
    void theHouseRulesAreKept(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void theContractNeedsTheJdkAndAnnotationsOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.tidemill.contract..",
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..")
                .because(
                        "both services, and anybody's own processor, build on it; move what needs a"
                                + " library into the service that uses it")
                .check(CLASSES);
    }
}
